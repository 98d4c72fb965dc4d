package io.serversence.mute;

import io.serversence.database.Database;
import io.serversence.database.Kept;
import io.serversence.database.KeptStore;
import io.serversence.document.Refused;
import io.serversence.monitor.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps what mutes, and tells from memory what is muted. Safe for use by many threads. */
public final class MuteStore implements Muting, Mutes {
  private static final int MOST = 1_000;

  /** Silences that are over are remembered so long, */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** and no more of them than this, so that they leave room for new ones. */
  private static final int MOST_OVER = 500;

  /** Removed in one step at the most. */
  private static final int STEP = 50;

  private final KeptStore<Silence> silences;
  private final KeptStore<Window> windows;

  /** Knows of none until {@link #load}. */
  public MuteStore(Database database) {
    silences =
        new KeptStore<>(
            database,
            "silence",
            MOST,
            Silence::id,
            SilenceDocument::write,
            SilenceDocument::stored);
    windows =
        new KeptStore<>(
            database,
            "maintenance window",
            MOST,
            Window::id,
            WindowDocument::write,
            document -> WindowDocument.read(document, null));
  }

  /** Reads all into memory. */
  public void load() {
    silences.load();
    windows.load();
  }

  /**
   * Removes some of the silences that ended long ago, the oldest first, in a transaction each; to
   * be called again and again.
   *
   * @return how many were removed
   */
  public int sweep(Instant now) {
    List<Silence> over =
        silences.all().stream()
            .map(Kept::value)
            .filter(silence -> !silence.endsAt().isAfter(now))
            .sorted(Comparator.comparing(Silence::endsAt))
            .toList();
    int removed = 0;
    for (Silence silence : over) {
      boolean tooMany = over.size() - removed > MOST_OVER;
      boolean tooOld = silence.endsAt().isBefore(now.minus(REMEMBERED));
      if (removed >= STEP || !(tooMany || tooOld)) {
        break;
      }
      forget(silence);
      removed++;
    }
    return removed;
  }

  private void forget(Silence silence) {
    try {
      silences.delete(silence.id(), null);
    } catch (Refused e) {
      // somebody else has just removed it
    }
  }

  @Override
  public KeptStore<Silence> silences() {
    return silences;
  }

  @Override
  public KeptStore<Window> windows() {
    return windows;
  }

  /**
   * A silence or a maintenance window.
   *
   * @param id of the one or the other, as {@code mute} says
   */
  public record Muter(Mute mute, String id) {}

  /** What mutes at one moment, for many monitors: rules of recurrence are looked at but once. */
  public Function<Monitor, @Nullable Muter> muters(Instant moment) {
    List<Window> open =
        windows.all().stream().map(Kept::value).filter(window -> window.open(moment)).toList();
    List<Silence> asked = silences.all().stream().map(Kept::value).toList();
    return monitor -> {
      for (Window window : open) {
        if (window.match().accepts(monitor)) {
          return new Muter(Mute.MAINTENANCE, window.id());
        }
      }
      for (Silence silence : asked) {
        if (silence.covers(monitor, moment)) {
          return new Muter(Mute.SILENCE, silence.id());
        }
      }
      return null;
    };
  }

  @Override
  public Function<Monitor, @Nullable Mute> at(Instant moment) {
    Function<Monitor, @Nullable Muter> muters = muters(moment);
    return monitor -> {
      Muter muter = muters.apply(monitor);
      return muter == null ? null : muter.mute();
    };
  }

  @Override
  public @Nullable Mute of(Monitor monitor, Instant at) {
    return at(at).apply(monitor);
  }
}
