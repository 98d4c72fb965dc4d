package io.serversence.schedule;

import io.serversence.monitor.Monitor;
import io.serversence.mute.Mute;
import io.serversence.mute.MuteStore;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.Change;
import io.serversence.stream.LiveStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    List<Change> changes = new ArrayList<>();
    for (BoardEntry entry : stream.board().entries()) {
      Mute mute = at.apply(entry.monitor().monitor());
      String word = mute == null ? null : mute.word();
      if (!Objects.equals(word, entry.muted())) {
        changes.add(new Change.Muted(entry.monitor(), word));
      }
    }
    if (!changes.isEmpty()) {
      stream.publish(changes);
    }
  }
}
