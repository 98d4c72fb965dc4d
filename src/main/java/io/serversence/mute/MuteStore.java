package io.serversence.mute;

import io.serversence.database.Database;
import io.serversence.database.KeptStore;
import io.serversence.monitor.Monitor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps what mutes, and tells from memory what is muted. Safe for use by many threads. */
public final class MuteStore implements Muting, Mutes {
  private static final int MOST = 1_000;

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

  @Override
  public KeptStore<Silence> silences() {
    return silences;
  }

  @Override
  public KeptStore<Window> windows() {
    return windows;
  }

  @Override
  public @Nullable Mute of(Monitor monitor, Instant at) {
    if (windows.all().stream().anyMatch(kept -> kept.value().covers(monitor, at))) {
      return Mute.MAINTENANCE;
    }
    return silences.all().stream().anyMatch(kept -> kept.value().covers(monitor, at))
        ? Mute.SILENCE
        : null;
  }
}
