package io.serversence.access;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tokens as JSON. */
public final class TokenDocument {
  static final int LONGEST_NAME = 80;

  private TokenDocument() {}

  /** What is asked for. */
  public record Wanted(String name, Role role, @Nullable Instant expiresAt) {}

  /**
   * Reads what is asked for.
   *
   * @throws io.serversence.document.InvalidDocument if it is not as it must be
   */
  public static Wanted read(JsonObject document, Instant now) {
    Fields fields = new Fields(document);
    String name = fields.required("name", 1, LONGEST_NAME);
    if (name != null && name.isBlank()) {
      fields.fault("name", "must not be empty");
    }
    Role role = role(fields);
    if (!fields.has("role")) {
      fields.fault("role", "is required");
    }
    Instant expiresAt = fields.time("expiresAt");
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      fields.fault("expiresAt", "must be in the future");
    }
    fields.finish();
    return new Wanted(String.valueOf(name), role == null ? Role.VIEWER : role, expiresAt);
  }

  /** The role in the field of that name, or null where there is none that is right. */
  static @Nullable Role role(Fields fields) {
    String word = fields.oneOf("role", Arrays.stream(Role.values()).map(Role::word).toList());
    return word == null ? null : Role.valueOf(word.toUpperCase(Locale.ROOT));
  }

  public static JsonObjectBuilder write(Token token) {
    Instant expiresAt = token.expiresAt();
    return Json.object()
        .add("id", token.id())
        .add("name", token.name())
        .add("role", token.role().word())
        .add("expiresAt", expiresAt == null ? JsonValue.NULL : Json.string(Times.format(expiresAt)))
        .add("createdAt", Times.format(token.createdAt()))
        .add("createdBy", token.createdBy());
  }
}
