package io.serversence.monitor;

/** The names in brackets that stand for what a probe saw. */
enum Placeholder {
  STATUS,
  RESPONSE_TIME,
  IP,
  BODY,
  CONNECTED,
  CERTIFICATE_EXPIRATION,
  /** Ours, not Gatus's: {@code [HEADER].Content-Type}. */
  HEADER
}
