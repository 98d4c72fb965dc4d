package io.serversence.probe;

import io.serversence.monitor.SecretHeaders;

/** What is shown of headers in evidence. Pure. */
final class Secrets {
  static final String MASK = "***";

  private Secrets() {}

  static String shown(String header, String value) {
    return SecretHeaders.contains(header) ? MASK : value;
  }
}
