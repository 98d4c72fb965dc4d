package io.serversence.mute;

import io.serversence.monitor.Monitor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells what is muted. Answers from memory and never blocks; safe for use by many threads. */
public interface Mutes {
  /** Nothing is. */
  Mutes NONE = (monitor, at) -> null;

  /** Why a monitor is muted at a time, or null if it is not; maintenance goes before silence. */
  @Nullable Mute of(Monitor monitor, Instant at);
}
