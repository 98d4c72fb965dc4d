package io.serversence.monitor;

/**
 * Where the time of a probe went, in microseconds; {@link #NONE} for a phase that was not reached
 * or does not apply. Over redirects each phase is the sum of all hops, as blackbox exporter has it.
 *
 * @param resolve name to address
 * @param connect TCP connection
 * @param tls TLS handshake
 * @param processing request sent until the first byte of the answer
 * @param transfer first byte until the end of the answer
 */
public record Phases(long resolve, long connect, long tls, long processing, long transfer) {
  public static final long NONE = -1;

  /** No phase was reached. */
  public static final Phases UNREACHED = new Phases(NONE, NONE, NONE, NONE, NONE);
}
