package io.serversence.alert;

/**
 * Whether a monitor goes up and down too often, by the rule of Nagios: of the last 21 checks there
 * are 20 places where the state may have changed; a change weighs from 0.80 for the oldest to 1.20
 * for the newest, and the weighted share of changes starts and ends the flapping at two thresholds.
 * Immutable.
 *
 * @param checks the last checks, the newest in the lowest bit; set for DOWN
 * @param on whether it flaps
 */
record Flapping(int checks, int known, boolean on) {
  static final int CHECKS = 21;

  static final Flapping NONE = new Flapping(0, 0, false);

  /** Takes one more check into account. */
  Flapping next(boolean down, FlappingLimits limits) {
    int bit = down ? 1 : 0;
    int before = known == 0 ? (down ? -1 : 0) : checks; // as if it had always been so
    int now = (before << 1 | bit) & ((1 << CHECKS) - 1);
    double share = share(now);
    return new Flapping(
        now, Math.min(known + 1, CHECKS), on ? share > limits.low() : share >= limits.high());
  }

  /** The weighted share of changes in percent. */
  double share() {
    return share(checks);
  }

  private static double share(int checks) {
    double weighted = 0;
    for (int i = 0; i < CHECKS - 1; i++) { // i = 0 is the newest change
      if (((checks >> i) & 1) != ((checks >> (i + 1)) & 1)) {
        weighted += 1.20 - 0.40 * i / (CHECKS - 2);
      }
    }
    return weighted * 100 / (CHECKS - 1);
  }
}
