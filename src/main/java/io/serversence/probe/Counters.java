package io.serversence.probe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all event loops count together. Safe for use by many threads. */
final class Counters {
  final LongAdder running = new LongAdder();
  final LongAdder opened = new LongAdder();
  final LongAdder reused = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder open = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder names = new LongAdder();
  final AtomicLong idle = new AtomicLong();
  final AtomicLong bodyBytes = new AtomicLong();

  ProberFigures figures() {
    return new ProberFigures(
        running.sum(),
        opened.sum(),
        reused.sum(),
        retried.sum(),
        open.sum(),
        idle.get(),
        refused.sum(),
        names.sum(),
        bodyBytes.get());
  }
}
