package io.serversence.monitor;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The headers that carry secrets, by their names: whoever may look at a monitor is not shown their
 * values. A name too many costs a value not shown, a name too few a secret.
 */
public final class SecretHeaders {
  private static final Pattern NAMES =
      Pattern.compile(
          ".*(authoriz|cookie|token|secret|passw|credential|session|signature|api-?key).*"
              + "|(.*[-_])?(auth|key|jwt|pwd)([-_].*)?");

  private SecretHeaders() {}

  /** True if a header of this name, in any case, carries a secret. */
  public static boolean contains(String name) {
    return NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
