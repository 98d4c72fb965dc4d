package io.serversence.document;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The keys that users give to the things they configure; a key is the thing's id everywhere. */
public final class Keys {
  public static final String FORM = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  private Keys() {}

  public static boolean isKey(String text) {
    return PATTERN.matcher(text).matches();
  }

  /** A key made of a name; empty where the name has no letter or digit that a key may have. */
  public static String from(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    String key =
        plain.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
    if (key.length() > 63) {
      key = key.substring(0, 63);
    }
    return key.replaceAll("-+$", "");
  }
}
