package io.serversence.access;

/**
 * A login in a browser.
 *
 * @param proof the hash of its token, which names it within the server
 * @param user as it was at the login
 * @param opened monotonic nanoseconds
 * @param used monotonic nanoseconds
 */
record Session(String proof, User user, long opened, long used) {
  Session usedAt(long now) {
    return new Session(proof, user, opened, now);
  }
}
