package io.serversence.probe;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one deadline over a whole probe. It knows whether the event loop itself was at fault for what
 * did not come in time. Used on one event loop.
 */
final class Deadline {
  private static final long LAG = TimeUnit.MILLISECONDS.toNanos(20);

  /** If the loop stalled for this part of a probe's time, that it heard nothing proves nothing. */
  private static final int STALL_SHARE = 3;

  private final Lane lane;
  private final long due;
  private final long time;
  private final long stalledBefore;
  private final Consumer<Boolean> expired;
  private ScheduledFuture<?> timer;
  private boolean grace;

  /**
   * Starts the time.
   *
   * @param began now, on the monotonic clock
   * @param time nanoseconds
   * @param expired is told whether the loop stalled, unless this is cancelled before
   */
  Deadline(Lane lane, long began, long time, Consumer<Boolean> expired) {
    this.lane = lane;
    this.due = began + time;
    this.time = time;
    this.stalledBefore = lane.stalled();
    this.expired = expired;
    this.timer = schedule(time);
  }

  private ScheduledFuture<?> schedule(long nanos) {
    return lane.loop().schedule(this::up, nanos, TimeUnit.NANOSECONDS);
  }

  /** When the time is up, on the monotonic clock. */
  long due() {
    return due;
  }

  void cancel() {
    timer.cancel(false);
  }

  /** If the loop comes late, what came in time may still be unread, so reading goes first. */
  private void up() {
    long lag = System.nanoTime() - due;
    if (lag > LAG && !grace) {
      grace = true;
      timer = schedule(LAG);
      return;
    }
    expired.accept(lane.stalled() - stalledBefore + lag > time / STALL_SHARE);
  }
}
