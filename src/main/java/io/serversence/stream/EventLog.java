package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.history.NotificationDocument;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDocument;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.ConfiguredMonitorDocument;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Sample;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, and the board that all events so far amount to, under one lock, so that a
 * board and the events after it fit together without a seam. Safe for use by many threads; the lock
 * is never held while anything waits.
 */
final class EventLog {
  /** At most four events with samples a second. */
  static final long SAMPLES_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

  /** More samples than this go into several events, so that none grows past what a client holds. */
  private static final int MOST_SAMPLES = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Supplier<Instant> clock;
  private final LongSupplier nanos;
  private final String epoch;
  private final long mostBytes;
  private final @Nullable Event[] ring;
  private final LiveBoard board = new LiveBoard();
  private final List<Event.Item> pending = new ArrayList<>();
  private long flushed;
  private volatile long head;
  private long tail = 1;
  private long bytes;

  EventLog(StreamSettings settings, Supplier<Instant> clock, LongSupplier nanos, String epoch) {
    this.clock = clock;
    this.nanos = nanos;
    this.epoch = epoch;
    this.mostBytes = settings.logBytes();
    this.ring = new Event[settings.logEvents()];
    this.flushed = nanos.getAsLong() - SAMPLES_EVERY;
  }

  String epoch() {
    return epoch;
  }

  /** The newest seq; 0 before the first event. */
  long head() {
    return head;
  }

  void load(List<BoardEntry> entries, List<Incident> ofChannels) {
    locked(
        () -> {
          board.load(entries, ofChannels);
          return entries.size();
        });
  }

  /** Applies the changes in order. True if there is a new event, or samples wait for theirs. */
  boolean publish(List<Change> changes) {
    return locked(
        () -> {
          long before = head;
          for (Change change : changes) {
            apply(change);
          }
          flushIfDue();
          return head != before || !pending.isEmpty();
        });
  }

  /** Appends the samples that wait, if it is their time. True if there is a new event. */
  boolean tick() {
    return locked(this::flushIfDue);
  }

  /** Nanoseconds until {@link #tick} has something to do; Long.MAX_VALUE if nothing waits. */
  long untilTick() {
    return locked(
        () ->
            pending.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(0, flushed + SAMPLES_EVERY - nanos.getAsLong()));
  }

  Board board() {
    return locked(() -> new Board(epoch, head, clock.get(), board.entries(), board.ofChannels()));
  }

  @Nullable BoardEntry find(String id) {
    lock.lock();
    try {
      return board.find(id);
    } finally {
      lock.unlock();
    }
  }

  /** The monitor that has this incident unresolved, or null. */
  @Nullable BoardEntry find(UUID incident) {
    lock.lock();
    try {
      return board.find(incident);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The events after one, as many as are there, up to {@code most}.
   *
   * @param after at least {@code tail - 1}, else the slice does not begin there
   */
  Slice after(long after, int most) {
    return locked(
        () -> {
          long from = Math.max(after + 1, tail);
          long to = Math.min(head, from + most - 1);
          return slice(from, to);
        });
  }

  /** The events up to and including one, as many as are there, down to {@code most}. */
  Slice upTo(long last, int most) {
    return locked(
        () -> {
          long to = Math.min(last, head);
          return slice(Math.max(tail, to - most + 1), to);
        });
  }

  private Slice slice(long from, long to) {
    List<Event> events = new ArrayList<>((int) Math.max(0, to - from + 1));
    for (long seq = from; seq <= to; seq++) {
      events.add(at(seq));
    }
    return new Slice(tail, head, events);
  }

  private Event at(long seq) {
    return Objects.requireNonNull(ring[(int) (seq % ring.length)]);
  }

  int events() {
    return locked(() -> (int) (head - tail + 1));
  }

  long bytes() {
    return locked(() -> bytes);
  }

  private void apply(Change change) {
    if (change instanceof Change.SampleTaken taken) {
      if (board.sampled(taken)) {
        pending.add(item(taken.monitor(), taken.sample()));
        if (pending.size() >= MOST_SAMPLES) {
          flush();
        }
      }
    } else if (change instanceof Change.StateChanged changed) {
      flushIfDue(); // the samples that led here come first where they may
      state(changed);
    } else if (change instanceof Change.IncidentChanged changed) {
      board.incidentChanged(changed);
      incident(changed);
    } else if (change instanceof Change.MonitorChanged changed) {
      monitor(changed);
    } else if (change instanceof Change.Muted muted) {
      board.muted(muted);
      muted(muted);
    } else if (change instanceof Change.NotificationChanged changed) {
      append(
          EventKind.NOTIFICATION,
          changed.monitors().stream().map(ConfiguredMonitor::monitor).toList(),
          ",\"notification\":" + NotificationDocument.write(changed.notification()));
    }
  }

  /** Names the incident that the monitor has by now: its change comes before that of the state. */
  private void state(Change.StateChanged changed) {
    BoardEntry old = board.stateChanged(changed);
    if (old == null || (old.state() == changed.to() && old.since().equals(changed.since()))) {
      return;
    }
    Incident incident = old.incident();
    append(
        EventKind.STATE,
        List.of(old.monitor().monitor()),
        ",\"monitor\":\""
            + old.monitor().id()
            + "\",\"from\":\""
            + old.state()
            + "\",\"to\":\""
            + changed.to()
            + "\",\"since\":\""
            + Times.format(changed.since())
            + "\",\"incident\":"
            + Json.string(incident == null ? null : incident.id().toString())
            + ",\"muted\":"
            + Json.string(old.muted()));
  }

  private void incident(Change.IncidentChanged changed) {
    ConfiguredMonitor monitor = changed.monitor();
    append(
        EventKind.INCIDENT,
        monitor == null ? List.of() : List.of(monitor.monitor()),
        ",\"incident\":"
            + IncidentDocument.write(changed.incident(), clock.get()).build()
            + ",\"entry\":"
            + IncidentDocument.write(changed.entry()));
  }

  private void monitor(Change.MonitorChanged changed) {
    List<Monitor> concerned =
        board.monitorChanged(changed).stream().map(ConfiguredMonitor::monitor).toList();
    JsonValue document =
        changed.kind() == Change.Kind.DELETED
            ? JsonValue.NULL
            : ConfiguredMonitorDocument.write(changed.monitor()).build();
    String word =
        switch (changed.kind()) {
          case CREATED -> "created";
          case UPDATED -> "updated";
          case DELETED -> "deleted";
        };
    append(
        EventKind.MONITOR,
        concerned,
        ",\"change\":\""
            + word
            + "\",\"id\":\""
            + changed.monitor().id()
            + "\",\"monitor\":"
            + document);
  }

  private void muted(Change.Muted change) {
    String by = change.by();
    append(
        EventKind.MUTE,
        change.monitors().stream().map(ConfiguredMonitor::monitor).toList(),
        ",\"kind\":"
            + Json.string(by == null ? change.was() : by)
            + ",\"change\":\""
            + (by == null ? "ended" : change.was() == null ? "began" : "changed")
            + "\",\"id\":"
            + Json.string(change.id())
            + ",\"monitors\":"
            + Json.strings(change.monitors().stream().map(ConfiguredMonitor::id).toList()));
  }

  private static Event.Item item(ConfiguredMonitor monitor, Sample sample) {
    String json =
        "{\"monitor\":\""
            + monitor.id()
            + "\",\"at\":\""
            + Times.format(sample.at())
            + "\",\"outcome\":\""
            + sample.outcome()
            + "\",\"latencyMs\":"
            + Json.millis(sample.latency() / 1000.0)
            + "}";
    return new Event.Item(
        monitor.monitor(),
        monitor.n(),
        sample.at().toEpochMilli(),
        sample.outcome(),
        sample.latency(),
        json);
  }

  private boolean flushIfDue() {
    boolean due = !pending.isEmpty() && nanos.getAsLong() - flushed >= SAMPLES_EVERY;
    if (due) {
      flush();
    }
    return due;
  }

  private void flush() {
    append(Event.samples(head + 1, clock.get(), pending));
    pending.clear();
    flushed = nanos.getAsLong();
  }

  private void append(EventKind kind, List<Monitor> subjects, String fields) {
    append(Event.of(head + 1, kind, clock.get(), subjects, fields));
  }

  private void append(Event event) {
    long seq = event.seq();
    while (tail < seq && (seq - tail >= ring.length || bytes + event.size() > mostBytes)) {
      bytes -= at(tail).size();
      ring[(int) (tail % ring.length)] = null;
      tail++;
    }
    ring[(int) (seq % ring.length)] = event;
    bytes += event.size();
    head = seq; // last: who sees it without the lock must find the event
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
