package io.serversence.schedule;

import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.mute.MuteStore;
import io.serversence.mute.MuteStore.Muter;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.Change;
import io.serversence.stream.LiveStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows on the board of which monitors nobody is told. Used by one thread. */
final class ShownMutes {
  private final MuteStore mutes;
  private final LiveStream stream;
  private Map<String, String> shown = Map.of(); // by the monitor's key, what mutes it

  ShownMutes(MuteStore mutes, LiveStream stream) {
    this.mutes = mutes;
    this.stream = stream;
  }

  /** What becomes of some monitors alike; {@code id} is of what mutes them, or did so until now. */
  private record Turn(@Nullable String was, @Nullable String by, @Nullable String id) {}

  /** Brings the board up to date; to be called about once a second. */
  void round(Instant now) {
    Function<Monitor, @Nullable Muter> at = mutes.muters(now);
    Map<Turn, List<ConfiguredMonitor>> turned = new LinkedHashMap<>();
    Map<String, String> found = new HashMap<>();
    for (BoardEntry entry : stream.board().entries()) {
      String key = entry.monitor().id();
      Muter muter = at.apply(entry.monitor().monitor());
      String was = entry.muted();
      String before = shown.get(key);
      String by = muter == null ? null : muter.mute().word();
      if (muter != null) {
        found.put(key, muter.id());
      }
      if (!Objects.equals(by, was) || !Objects.equals(found.get(key), before)) {
        Turn turn = new Turn(was, by, muter == null ? before : muter.id());
        turned.computeIfAbsent(turn, any -> new ArrayList<>()).add(entry.monitor());
      }
    }
    shown = found;
    List<Change> changes = new ArrayList<>();
    turned.forEach(
        (turn, monitors) -> {
          for (int i = 0; i < monitors.size(); i += Change.Muted.MOST) {
            int end = Math.min(monitors.size(), i + Change.Muted.MOST);
            changes.add(
                new Change.Muted(monitors.subList(i, end), turn.was(), turn.by(), turn.id()));
          }
        });
    if (!changes.isEmpty()) {
      stream.publish(changes);
    }
  }
}
