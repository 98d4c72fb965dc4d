package io.serversence.stream;

/**
 * Carries frames to one client. Nothing here blocks, throws, or waits for the client.
 *
 * <p>One write at a time: the next one only after {@link Listener#written}, which may come in the
 * stack of {@link #write} or from another thread.
 */
interface Transport {
  /** Tells the listener from now on; called once, before anything else. */
  void open(Listener listener);

  void write(Frame frame);

  /** Asks a WebSocket client for a sign of life, which comes as {@link Listener#ponged}. */
  void ping();

  /** Ends the connection. Calls after the first do nothing. */
  void close(Ending ending);

  /** True for Server-Sent Events. */
  boolean sse();

  /** What becomes of the writes. */
  interface Listener {
    /** The write is done as far as we are concerned. */
    void written();

    /** The write is not done, but a part of it went out. */
    void progressed();

    void ponged();

    /** The client is gone; may be told several times. */
    void gone();
  }
}
