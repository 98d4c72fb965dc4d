package io.serversence.alert;

import org.jspecify.annotations.Nullable;

/** Knows what uses channels. Safe for use by many threads; never blocks. */
@FunctionalInterface
public interface ChannelUse {
  /** Nothing uses any. */
  ChannelUse NONE = channel -> null;

  /** What uses a channel, in words such as {@code the route night}, or null if nothing does. */
  @Nullable String of(String channel);
}
