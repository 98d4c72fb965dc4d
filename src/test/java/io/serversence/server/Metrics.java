package io.serversence.server;

/** What a server says of itself to Prometheus. */
final class Metrics {
  private Metrics() {}

  /**
   * The value of a series.
   *
   * @param series its name with its labels, as they are written
   * @throws AssertionError if there is none
   */
  static double of(Server server, String series) {
    return server
        .admin()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + series));
  }

  /** The connections of the stream, over either transport. */
  static double connections(Server server) {
    return of(server, "serversence_stream_connections{transport=\"sse\"}")
        + of(server, "serversence_stream_connections{transport=\"websocket\"}");
  }
}
