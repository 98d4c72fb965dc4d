package io.serversence.schedule;

import io.serversence.history.NotificationStore;
import io.serversence.mute.MuteStore;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes what alerts have left and nobody asks for any more: notifications of resolved incidents,
 * silences that are over. In steps so small that the writer does not notice. Used by one thread.
 */
final class Leftovers {
  /** How long notifications are kept. */
  static final Duration KEPT = Duration.ofDays(90);

  /** Notifications removed in one step. */
  private static final int ROWS = 500;

  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final NotificationStore notifications;
  private final MuteStore mutes;
  private Instant next = Instant.MIN;

  Leftovers(NotificationStore notifications, MuteStore mutes) {
    this.notifications = notifications;
    this.mutes = mutes;
  }

  /** Does a step; to be called about once a second. */
  void round(Instant now) {
    mutes.sweep(now);
    if (now.isBefore(next)) {
      return;
    }
    if (notifications.sweep(now.minus(KEPT), ROWS) < ROWS) {
      next = now.plus(PAUSE);
    }
  }
}
