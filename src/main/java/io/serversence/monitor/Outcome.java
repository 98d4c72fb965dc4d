package io.serversence.monitor;

/** What one probe found. */
public enum Outcome {
  UP(0),
  DEGRADED(1),
  DOWN(2),
  /** ServerSence itself was in no condition to judge. */
  UNKNOWN(3);

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  /** The number on the wire (STREAM.md, binary samples) and in the database: 0..3. */
  public int code() {
    return code;
  }

  /** The outcome with the given number, which must be one. */
  public static Outcome of(int code) {
    for (Outcome outcome : values()) {
      if (outcome.code == code) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("no outcome has the number " + code);
  }
}
