package io.serversence.probe;

/**
 * Why a probe failed.
 *
 * @param words for people: no exception's name, no end mark
 * @param ours true if ServerSence or its machine is at fault, so that nothing is known of the
 *     target
 */
record Failure(String words, boolean ours) {
  /** The target is at fault. */
  static Failure of(String words) {
    return new Failure(words, false);
  }

  /** ServerSence is at fault. */
  static Failure ours(String words) {
    return new Failure(words, true);
  }
}
