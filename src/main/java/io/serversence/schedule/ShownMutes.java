package io.serversence.schedule;

import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.mute.Mute;
import io.serversence.mute.MuteStore;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.Change;
import io.serversence.stream.LiveStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

  ShownMutes(MuteStore mutes, LiveStream stream) {
    this.mutes = mutes;
    this.stream = stream;
  }

  /** Brings the board up to date; to be called about once a second. */
  void round(Instant now) {
    Function<Monitor, @Nullable Mute> at = mutes.at(now);
    Map<List<@Nullable String>, List<ConfiguredMonitor>> turned = new LinkedHashMap<>();
    for (BoardEntry entry : stream.board().entries()) {
      Mute mute = at.apply(entry.monitor().monitor());
      String word = mute == null ? null : mute.word();
      if (!Objects.equals(word, entry.muted())) {
        turned
            .computeIfAbsent(Arrays.asList(entry.muted(), word), turn -> new ArrayList<>())
            .add(entry.monitor());
      }
    }
    List<Change> changes = new ArrayList<>();
    turned.forEach(
        (turn, monitors) -> {
          for (int i = 0; i < monitors.size(); i += Change.Muted.MOST) {
            int end = Math.min(monitors.size(), i + Change.Muted.MOST);
            changes.add(new Change.Muted(monitors.subList(i, end), turn.get(0), turn.get(1)));
          }
        });
    if (!changes.isEmpty()) {
      stream.publish(changes);
    }
  }
}
