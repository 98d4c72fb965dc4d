package io.serversence.stream;

import org.jspecify.annotations.Nullable;

/**
 * Where one client is in the log, as its filter shows it. All but {@link #waits} is for its
 * writer's thread.
 */
final class LogReading {
  private final Room room;
  private final HeartbeatClock heartbeats;
  private final PresenceCursor presence;
  private Wire wire;
  private @Nullable View view;
  private @Nullable String resetReason;
  private @Nullable Snapshot snapshot;
  private int part;
  private long gapEnd;
  private long cursor;
  private long lastMatch;
  private long told;

  /**
   * A reading that has not begun.
   *
   * @param wire what the client gets until it says what it wants
   */
  LogReading(Room room, HeartbeatClock heartbeats, Wire wire) {
    this.room = room;
    this.heartbeats = heartbeats;
    this.presence = new PresenceCursor(room.presence);
    this.wire = wire;
  }

  Wire wire() {
    return wire;
  }

  boolean begun() {
    return view != null;
  }

  /** Begins, or begins anew with another filter. */
  Start begin(Subscription wanted) {
    boolean again = begun();
    end();
    View mine = room.views.acquire(wanted.filter());
    view = mine;
    wire = wanted.wire();
    Start start = again ? mine.reset("filter") : mine.join(wanted.lastEventId(), wanted.snapshot());
    begin(mine, start);
    return start;
  }

  private void begin(View mine, Start start) {
    if (start.reset() != null) {
      room.resets.increment();
    }
    resetReason = start.reset();
    snapshot = start.snapshot();
    part = 0;
    gapEnd = start.gapEnd();
    cursor = start.cursor();
    told = cursor;
    lastMatch = mine.lastMatch(cursor);
    presence.begin();
  }

  /** Gives back what it shares with others. */
  void end() {
    if (view != null) {
      room.views.release(view);
      view = null;
    }
    snapshot = null;
  }

  /**
   * True if there may be something to write.
   *
   * @param offered of newer events than this one the writer will come to tell
   */
  boolean waits(long offered) {
    return snapshot != null
        || gapEnd > 0
        || (view != null && (cursor < offered || presence.waits()));
  }

  /** The next frame, or null if there is nothing to write now. */
  @Nullable Frame next(long now) {
    if (view == null) {
      return null;
    }
    if (resetReason != null) {
      String reason = resetReason;
      resetReason = null;
      return Notice.reset(wire, reason);
    }
    if (snapshot != null) {
      return part(snapshot);
    }
    Frame frame = gapEnd > 0 ? gap(view, now) : live(view, now);
    return frame == null ? presence.next(view.filter(), wire) : frame;
  }

  private Frame part(Snapshot board) {
    Frame frame = board.part(part++, wire);
    if (part == board.parts()) {
      snapshot = null;
    }
    return frame;
  }

  private @Nullable Frame gap(View mine, long now) {
    Chunk chunk = mine.withoutSamples(cursor, wire, gapEnd);
    if (chunk == null) {
      return behind(mine);
    }
    cursor = chunk.upTo();
    if (cursor >= gapEnd) {
      gapEnd = 0;
      lastMatch = mine.lastMatch(cursor);
    }
    if (chunk.frame() == null) {
      return heartbeat(cursor, now);
    }
    room.deliveries.add(chunk.events());
    return chunk.frame();
  }

  private @Nullable Frame live(View mine, long now) {
    Chunk chunk = mine.after(cursor, lastMatch, wire);
    if (chunk == null) {
      return behind(mine);
    }
    if (chunk.frame() != null && chunk.firstPrev() > told) {
      // it could not tell this from a loss: first say that nothing was there for it
      return heartbeat(chunk.firstPrev(), now);
    }
    cursor = chunk.upTo();
    lastMatch = chunk.lastMatch();
    if (chunk.frame() != null) {
      told = lastMatch;
      room.deliveries.add(chunk.events());
      return chunk.frame();
    }
    return heartbeats.due(now) ? heartbeat(cursor, now) : null;
  }

  private Frame behind(View mine) {
    begin(mine, mine.reset("lag"));
    resetReason = null;
    return Notice.reset(wire, "lag");
  }

  private Frame heartbeat(long seq, long now) {
    told = seq;
    heartbeats.beat(now);
    return Notice.heartbeat(wire, new EventId(room.log.epoch(), seq), room.clock.get());
  }
}
