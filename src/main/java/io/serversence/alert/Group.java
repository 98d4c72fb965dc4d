package io.serversence.alert;

import io.serversence.history.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told together: when the next message may be made. After a message the group is
 * left alone for its interval, which doubles while the group goes on changing; once all of it has
 * recovered, that is told at once and the group begins anew. No clock: the time is an argument. Not
 * safe for use by several threads.
 */
final class Group {
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final List<Owed> waiting = new ArrayList<>();
  private final Set<UUID> open = new HashSet<>();
  private @Nullable Instant last;
  private Duration interval = Duration.ZERO;
  private Duration base = Duration.ZERO;
  private Instant next = Instant.MAX;

  void add(Owed owed, Instant now) {
    Due due = owed.due();
    waiting.add(owed);
    base = due.interval();
    boolean resolves = due.event().equals(AlertEvent.RESOLVED.word());
    if (resolves) {
      open.remove(due.incident());
    } else if (due.event().equals(AlertEvent.OPENED.word())) {
      open.add(due.incident());
    }
    if ((resolves && open.isEmpty()) || due.event().equals(AlertEvent.ESCALATED.word())) {
      next = now;
      return;
    }
    Instant wanted = last == null ? now.plus(due.patience()) : max(now, last.plus(pace(due)));
    next = wanted.isBefore(next) ? wanted : next;
  }

  private Duration pace(Due due) {
    return interval.isZero() ? due.interval() : interval;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  boolean isDue(Instant now) {
    return !waiting.isEmpty() && !next.isAfter(now);
  }

  List<Owed> waiting() {
    return waiting;
  }

  /** True if nothing waits and nothing is to be remembered. */
  boolean isOver(Instant now) {
    return waiting.isEmpty()
        && (last == null || (open.isEmpty() && !last.plus(LONGEST).isAfter(now)));
  }

  /** Notes that what waited was taken. */
  void taken(Instant now) {
    waiting.clear();
    next = Instant.MAX;
    if (open.isEmpty()) {
      last = null; // it has recovered; what comes next is another story
      interval = Duration.ZERO;
      return;
    }
    Duration used = interval.isZero() ? base : interval;
    boolean goesOn = last != null && last.plus(used.multipliedBy(2)).isAfter(now);
    Duration doubled = used.multipliedBy(2);
    Duration most = base.compareTo(LONGEST) > 0 ? base : LONGEST;
    interval = !goesOn ? base : doubled.compareTo(most) > 0 ? most : doubled;
    last = now;
  }
}
