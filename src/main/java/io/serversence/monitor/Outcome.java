package io.serversence.monitor;

/** What one probe found. The order is the number on the wire (STREAM.md, binary samples). */
public enum Outcome {
  UP,
  DEGRADED,
  DOWN,
  /** ServerSence itself was in no condition to judge. */
  UNKNOWN
}
