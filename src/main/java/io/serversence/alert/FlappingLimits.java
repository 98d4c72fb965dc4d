package io.serversence.alert;

/**
 * From when on a monitor flaps, and until when, in percent of weighted changes.
 *
 * @param low it ends at this share or below, 1..99
 * @param high it starts at this share or above, greater than {@code low}, at most 100
 */
public record FlappingLimits(int low, int high) {
  /** A quarter and a half. */
  public static final FlappingLimits DEFAULT = new FlappingLimits(25, 50);

  public FlappingLimits {
    if (low < 1 || high <= low || high > 100) {
      throw new IllegalArgumentException("must be 1 <= low < high <= 100");
    }
  }
}
