package io.serversence.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When which monitor is due, on the monotonic clock. Holds at most one valid entry a monitor; an
 * entry that was superseded is dropped when its time comes. Safe for use by many threads.
 */
final class Agenda {
  /** A monitor and its due time; void once the monitor's generation has moved on. */
  record Entry(long due, Watch watch, long generation) {
    /** Takes the place of any that the monitor had; the caller holds its lock. */
    static Entry of(Watch watch, long due) {
      return new Entry(due, watch, ++watch.generation);
    }
  }

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::due));

  synchronized void put(Entry entry) {
    entries.add(entry);
  }

  /** Takes out what is due up to a time, the oldest first. */
  synchronized List<Entry> takeUntil(long time) {
    List<Entry> due = new ArrayList<>();
    while (true) {
      Entry first = entries.peek();
      if (first == null || first.due() - time > 0) {
        return due;
      }
      entries.remove();
      due.add(first);
    }
  }

  synchronized int size() {
    return entries.size();
  }
}
