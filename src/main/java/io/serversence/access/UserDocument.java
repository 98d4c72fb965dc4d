package io.serversence.access;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Users as JSON. Names are letters, digits and a few signs, in Unicode's form NFC: no colon, which
 * ends the name in HTTP Basic, and no space, so that none looks like another. Passwords have 8..500
 * characters of any kind and are not the name; as NIST SP 800-63B has it, length is asked for and
 * no mixture.
 */
public final class UserDocument {
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+'-]{0,99}");
  private static final int SHORTEST = 8;
  private static final int LONGEST = 500;

  private UserDocument() {}

  /** A user who is to be added. */
  public record Added(String name, Role role, String password, boolean enabled) {}

  /** What is to be changed; null leaves a thing as it is. */
  public record Changed(
      @Nullable Role role, @Nullable String password, @Nullable Boolean enabled) {}

  public static boolean isName(String text) {
    return NAME.matcher(text).matches()
        && Normalizer.isNormalized(text, Normalizer.Form.NFC)
        && !text.equalsIgnoreCase("anonymous"); // what timelines call somebody without a name
  }

  /**
   * Reads a new user.
   *
   * @throws io.serversence.document.InvalidDocument if it is not as it must be
   */
  public static Added readNew(JsonObject document) {
    Fields fields = readOnly(document);
    String name = fields.required("username", 1, 100);
    if (name != null && !isName(name)) {
      fields.fault(
          "username",
          "must be of letters, digits and . _ @ + ' -, begin with a letter or digit,"
              + " and not be anonymous");
    }
    Role role = TokenDocument.role(fields);
    if (!fields.has("role")) {
      fields.fault("role", "is required");
    }
    String password = password(fields, "password", String.valueOf(name));
    if (!fields.has("password")) {
      fields.fault("password", "is required");
    }
    Boolean enabled = fields.bool("enabled");
    fields.finish();
    return new Added(
        String.valueOf(name),
        role == null ? Role.VIEWER : role,
        String.valueOf(password),
        !Boolean.FALSE.equals(enabled));
  }

  /**
   * Reads a patch, in which a field that is absent or null changes nothing.
   *
   * @throws io.serversence.document.InvalidDocument if it is not as it must be
   */
  public static Changed readPatch(JsonObject patch, String name) {
    Fields fields = readOnly(patch);
    String given = fields.string("username", 1, 100);
    if (given != null && !given.equals(name)) {
      fields.fault("username", "cannot be changed");
    }
    Role role = TokenDocument.role(fields);
    String password = password(fields, "password", name);
    Boolean enabled = fields.bool("enabled");
    fields.finish();
    return new Changed(role, password, enabled);
  }

  /** A password that is to be someone's from now on, or null where it is none or unfit. */
  public static @Nullable String password(Fields fields, String field, String name) {
    String password = fields.text(field, LONGEST);
    if (password == null) {
      return null;
    }
    if (password.length() < SHORTEST) {
      return fields.fault(field, "must have at least " + SHORTEST + " characters");
    }
    return password.equalsIgnoreCase(name)
        ? fields.fault(field, "must not be the user's name")
        : password;
  }

  public static JsonObject write(User user) {
    JsonObjectBuilder document =
        Json.object()
            .add("username", user.name())
            .add("role", user.role().word())
            .add("enabled", user.enabled())
            .add("createdAt", Times.format(user.createdAt()))
            .add("revision", user.revision());
    return document.build();
  }

  private static Fields readOnly(JsonObject document) {
    return new Fields(document).ignore("createdAt", "revision");
  }
}
