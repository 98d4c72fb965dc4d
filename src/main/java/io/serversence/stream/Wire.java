package io.serversence.stream;

/** The forms that events take on their way to a client. */
enum Wire {
  /** Server-Sent Events: as many events in one write as wait. */
  SSE(true, false),
  /** WebSocket: one text frame per event. */
  TEXT(false, false),
  /** WebSocket: one text frame with a JSON array of the events that wait. */
  BATCH(true, false),
  /** As TEXT, with samples as binary frames. */
  TEXT_BINARY(false, true),
  /** As BATCH, with samples as binary frames. */
  BATCH_BINARY(true, true);

  private final boolean gathers;
  private final boolean binarySamples;

  Wire(boolean gathers, boolean binarySamples) {
    this.gathers = gathers;
    this.binarySamples = binarySamples;
  }

  boolean gathers() {
    return gathers;
  }

  boolean binarySamples() {
    return binarySamples;
  }

  /** The WebSocket form that a client asked for. */
  static Wire webSocket(boolean batch, boolean binary) {
    if (batch) {
      return binary ? BATCH_BINARY : BATCH;
    }
    return binary ? TEXT_BINARY : TEXT;
  }
}
