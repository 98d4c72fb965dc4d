package io.serversence.probe;

/** Reports what must not happen: an error of ours, which becomes a sample that knows nothing. */
final class Defect {
  private Defect() {}

  /**
   * Logs it. An error on the way is swallowed: out of files or memory, a logger may fail as well,
   * and must not take an event loop with it.
   */
  static void report(String what, Throwable cause) {
    try {
      System.getLogger(Defect.class.getName()).log(System.Logger.Level.ERROR, what, cause);
    } catch (RuntimeException | Error e) {
      // nobody is left to tell
    }
  }
}
