package io.serversence.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which channels keep failing: those of which nothing was taken for some minutes and several tries.
 * Holds one entry a channel at the most. No clock: the time is an argument. Safe for use by many
 * threads.
 */
final class ChannelHealth {
  static final Duration LONG = Duration.ofMinutes(5);
  static final int MANY = 5;

  /**
   * A channel that fails.
   *
   * @param since the first try that failed since one that did not
   * @param tries how many have failed since then
   * @param error what the last one said
   */
  record Failing(Instant since, int tries, String error) {
    boolean keepsFailing(Instant now) {
      return tries >= MANY && !since.plus(LONG).isAfter(now);
    }
  }

  private final Map<String, Failing> failing = new HashMap<>();
  private final Map<String, Instant> worked = new HashMap<>();

  /** Takes into account that a try failed. */
  synchronized void failed(String channel, String error, Instant now) {
    failing.merge(
        channel,
        new Failing(now, 1, error),
        (old, fresh) -> new Failing(old.since(), old.tries() + 1, error));
  }

  /** Takes into account that the channel took a message. */
  synchronized void worked(String channel, Instant now) {
    failing.remove(channel);
    worked.put(channel, now);
  }

  /** Forgets all channels but these. */
  synchronized void retain(Collection<String> channels) {
    failing.keySet().retainAll(channels);
    worked.keySet().retainAll(channels);
  }

  /** Those that keep failing. */
  synchronized Map<String, Failing> failing(Instant now) {
    Map<String, Failing> found = new HashMap<>(failing);
    found.values().removeIf(each -> !each.keepsFailing(now));
    return found;
  }

  /** True if a channel is known to have worked since a time, whether or not it has failed since. */
  synchronized boolean workedSince(String channel, Instant time) {
    Instant last = worked.get(channel);
    return last != null && !last.isBefore(time);
  }
}
