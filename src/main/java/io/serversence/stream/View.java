package io.serversence.stream;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log as one filter shows it. Clients with the same filter share it, and with it the encoded
 * bytes, of which it keeps the few that were asked for last. Safe for use by many threads.
 */
final class View {
  private static final int MOST_KEPT_BYTES = 2 * Gatherer.MOST_BYTES;
  private static final long SNAPSHOT_AGE = TimeUnit.SECONDS.toNanos(1);

  private final EventLog log;
  private final Filter filter;
  private final StreamSettings settings;
  private final LongSupplier nanos;
  private final boolean keeps;
  private final Map<Place, Chunk> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;
  private WeakReference<Snapshot> snapshot = new WeakReference<>(null);
  private long snapshotAt;

  private record Place(Wire wire, long cursor) {}

  /**
   * A view.
   *
   * @param keeps false for one of too many filters, which keeps nothing
   */
  View(EventLog log, Filter filter, StreamSettings settings, LongSupplier nanos, boolean keeps) {
    this.log = log;
    this.filter = filter;
    this.settings = settings;
    this.nanos = nanos;
    this.keeps = keeps;
  }

  Filter filter() {
    return filter;
  }

  /** Where a new client begins, as one atomic step: what it missed, and all that comes after. */
  Start join(@Nullable String lastEventId, boolean wantsSnapshot) {
    if (lastEventId == null) {
      if (wantsSnapshot) {
        Snapshot board = snapshot();
        return new Start("fresh", null, board.seq(), board.seq(), board, 0);
      }
      long head = log.head();
      return new Start("fresh", null, head, head, null, 0);
    }
    EventId id = EventId.parse(lastEventId);
    long head = log.head();
    if (id == null || (id.epoch().equals(log.epoch()) && id.seq() > head)) {
      return reset("unknown");
    }
    if (!id.epoch().equals(log.epoch())) {
      return reset("epoch");
    }
    if (id.seq() < log.after(id.seq(), 1).tail() - 1) {
      return reset("lag");
    }
    long most = settings.replayBytes();
    if (Gatherer.bytesAfter(log, filter, id.seq(), most) <= most) {
      return new Start("ok", null, head, id.seq(), null, 0);
    }
    Filter essential = filter.without(EventKind.SAMPLES);
    return Gatherer.bytesAfter(log, essential, id.seq(), most) <= most
        ? new Start("ok", null, head, id.seq(), null, head)
        : reset("lag");
  }

  /** A new beginning for a client that cannot go on. */
  Start reset(String reason) {
    Snapshot board = snapshot();
    return new Start("reset", reason, board.seq(), board.seq(), board, 0);
  }

  /** The newest event up to a cursor that matches. */
  long lastMatch(long cursor) {
    return Gatherer.lastMatch(log, filter, cursor);
  }

  /** The chunk after a cursor, or null if it has fallen behind the log. */
  @Nullable Chunk after(long cursor, long lastMatch, Wire wire) {
    if (!keeps) {
      return Gatherer.gather(log, filter, wire, cursor, lastMatch, Long.MAX_VALUE);
    }
    Place place = new Place(wire, cursor);
    synchronized (this) { // held while encoding, so that others wait for the bytes, not make them
      Chunk chunk = kept.get(place);
      if (chunk != null && (chunk.full() || chunk.upTo() == log.head())) {
        return chunk;
      }
      Chunk made = Gatherer.gather(log, filter, wire, cursor, lastMatch, Long.MAX_VALUE);
      keep(place, chunk, made);
      return made;
    }
  }

  private void keep(Place place, @Nullable Chunk old, @Nullable Chunk made) {
    if (old != null) {
      kept.remove(place);
      keptBytes -= size(old);
    }
    if (made == null || size(made) > MOST_KEPT_BYTES) {
      return;
    }
    kept.put(place, made);
    keptBytes += size(made);
    Iterator<Chunk> oldest = kept.values().iterator();
    while (keptBytes > MOST_KEPT_BYTES && oldest.hasNext()) {
      keptBytes -= size(oldest.next());
      oldest.remove();
    }
  }

  private static int size(Chunk chunk) {
    return 128 + (chunk.frame() == null ? 0 : chunk.frame().size());
  }

  /**
   * The chunk after a cursor without samples, up to an event; for a client that missed too many.
   */
  @Nullable Chunk withoutSamples(long cursor, Wire wire, long limit) {
    Filter essential = filter.without(EventKind.SAMPLES);
    long last = Gatherer.lastMatch(log, essential, cursor);
    return Gatherer.gather(log, essential, wire, cursor, last, limit);
  }

  private synchronized Snapshot snapshot() {
    Snapshot recent = snapshot.get();
    long now = nanos.getAsLong();
    if (recent != null && now - snapshotAt < SNAPSHOT_AGE && isInLog(recent)) {
      return recent;
    }
    Snapshot fresh = new Snapshot(log.board(), filter);
    if (keeps) {
      snapshot = new WeakReference<>(fresh);
      snapshotAt = now;
    }
    return fresh;
  }

  private boolean isInLog(Snapshot recent) {
    return recent.seq() >= log.after(recent.seq(), 1).tail() - 1;
  }
}
