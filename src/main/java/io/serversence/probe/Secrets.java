package io.serversence.probe;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which headers carry secrets: they are masked in evidence and go to no other host. Pure. */
final class Secrets {
  static final String MASK = "***";

  private static final Pattern NAMES =
      Pattern.compile(
          ".*(authoriz|cookie|token|secret|passw|credential|session|signature|api-?key).*"
              + "|(.*[-_])?(auth|key|jwt|pwd)([-_].*)?");

  private Secrets() {}

  static boolean secret(String header) {
    return NAMES.matcher(header.toLowerCase(Locale.ROOT)).matches();
  }

  static String shown(String header, String value) {
    return secret(header) ? MASK : value;
  }
}
