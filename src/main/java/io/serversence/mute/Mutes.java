package io.serversence.mute;

import io.serversence.monitor.Monitor;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what is muted. Answers from memory and never blocks; safe for use by many threads. */
public interface Mutes {
  /** Nothing is. */
  Mutes NONE = (monitor, at) -> null;

  /** Why a monitor is muted at a time, or null if it is not; maintenance goes before silence. */
  @Nullable Mute of(Monitor monitor, Instant at);

  /** What is muted at one moment, for who asks about many monitors. */
  default Function<Monitor, @Nullable Mute> at(Instant moment) {
    return monitor -> of(monitor, moment);
  }
}
