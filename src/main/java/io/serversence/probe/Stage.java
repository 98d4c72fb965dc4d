package io.serversence.probe;

/** Where a probe is, with the words that say so in a message, and the phase that its time is. */
enum Stage {
  RESOLVING("while resolving the name", Stopwatch.RESOLVE),
  CONNECTING("while connecting", Stopwatch.CONNECT),
  SECURING("during the TLS handshake", Stopwatch.TLS),
  WAITING("while waiting for the answer", Stopwatch.PROCESSING),
  HEADERS("while reading the headers", Stopwatch.TRANSFER),
  READING("while reading the body", Stopwatch.TRANSFER);

  final String words;
  final int phase;

  Stage(String words, int phase) {
    this.words = words;
    this.phase = phase;
  }
}
