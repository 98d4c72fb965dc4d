package io.serversence.document;

/**
 * Takes the figures of one look at the meters. Names are Prometheus's: {@code
 * serversence_probes_total}, with base units. Used by one thread.
 */
public interface MeterWriter {
  /**
   * A number that only grows while the program runs.
   *
   * @param help one sentence
   * @param labels names and values in turn
   */
  void counter(String name, String help, double value, String... labels);

  /** A number that goes up and down. */
  void gauge(String name, String help, double value, String... labels);

  /**
   * A distribution.
   *
   * @param bounds upper bounds of the buckets, rising, without infinity
   * @param counts observations in each bucket, not cumulated; one more than bounds
   */
  void histogram(
      String name, String help, double[] bounds, long[] counts, double sum, String... labels);
}
