package io.serversence.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells when so much happens to a channel at once that its groups no longer count: then all that
 * waits goes into one message, and the pauses between them grow from 20 s to a minute, which makes
 * five messages in two minutes with those before it was seen to be one. No clock: the time is an
 * argument. Not safe for use by several threads.
 */
final class Storm {
  /** This many changes within {@link #WINDOW} are a storm. */
  static final int MANY = 10;

  static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration GATHER = Duration.ofSeconds(1);
  private static final Duration FIRST = Duration.ofSeconds(20);

  private final Deque<Instant> recent = new ArrayDeque<>();
  private @Nullable Instant next;
  private Duration pause = Duration.ZERO;

  void change(Instant at) {
    recent.addLast(at);
    if (recent.size() > MANY) {
      recent.removeFirst();
    }
    if (next == null && recent.size() == MANY && !recent.getFirst().plus(WINDOW).isBefore(at)) {
      next = at.plus(GATHER);
    }
  }

  /** Begins one because of how much waits. */
  void begin(Instant now) {
    if (next == null) {
      next = now;
    }
  }

  /** Whether nothing has happened for so long that it is over as soon as nothing waits. */
  boolean isSpent(Instant now) {
    return recent.isEmpty() || recent.getLast().plus(WINDOW).isBefore(now);
  }

  /** Whether there is one. */
  boolean blows() {
    return next != null;
  }

  /** Whether what waits may be told now. */
  boolean isDue(Instant now) {
    return next != null && !next.isAfter(now);
  }

  /** Notes that all that waited was taken; with nothing waiting, the storm is over. */
  void taken(boolean any, Instant now) {
    if (!any) {
      next = null;
      pause = Duration.ZERO;
      recent.clear();
      return;
    }
    Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
    pause = doubled.compareTo(Group.LONGEST) > 0 ? Group.LONGEST : doubled;
    next = now.plus(pause);
  }
}
