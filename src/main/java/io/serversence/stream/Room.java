package io.serversence.stream;

import io.serversence.access.Gate;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What all clients of the stream share. Safe for use by many threads. */
final class Room {
  final EventLog log;
  final StreamSettings settings;
  final Gate gate;
  final Supplier<Instant> clock;
  final LongSupplier nanos;
  final Views views;
  final Seats seats;
  final Presence presence;
  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder deliveries = new LongAdder();
  final LongAdder writes = new LongAdder();
  final LongAdder stalled = new LongAdder();
  final LongAdder resets = new LongAdder();

  Room(
      EventLog log,
      StreamSettings settings,
      Gate gate,
      Supplier<Instant> clock,
      LongSupplier nanos) {
    this.log = log;
    this.settings = settings;
    this.gate = gate;
    this.clock = clock;
    this.nanos = nanos;
    this.views = new Views(log, settings, nanos);
    this.seats = new Seats(settings);
    this.presence = new Presence(nanos);
  }

  /** 0..1, so that not all clients do the same at the same time. */
  double jitter() {
    return ThreadLocalRandom.current().nextDouble();
  }

  StreamMeters meters() {
    return new StreamMeters(
        seats.sse(),
        seats.webSocket(),
        accepted.sum(),
        refused.sum(),
        log.head(),
        deliveries.sum(),
        writes.sum(),
        stalled.sum(),
        resets.sum(),
        log.events(),
        log.bytes(),
        views.size(),
        presence.size());
  }
}
