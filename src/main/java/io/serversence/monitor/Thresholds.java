package io.serversence.monitor;

/**
 * How many samples in a row it takes to believe a change.
 *
 * @param failure failing samples until a monitor counts as down, 1..20
 * @param success passing samples until it counts as recovered, 1..20
 */
public record Thresholds(int failure, int success) {
  public static final Thresholds DEFAULT = new Thresholds(3, 2);
}
