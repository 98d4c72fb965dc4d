package io.serversence.alert;

import io.serversence.database.Kept;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All channels there are. Reading is from memory and never blocks; a change returns once it is
 * stored. Safe for use by many threads.
 */
public interface Channels {
  Optional<Kept<Channel>> find(String id);

  /** All, ordered by key. */
  List<Kept<Channel>> all();

  /**
   * Adds a channel.
   *
   * @throws io.serversence.document.Refused CONFLICT if the key is taken
   */
  Kept<Channel> create(Channel channel);

  /**
   * Replaces the channel of the same key.
   *
   * @param revision the revision that it must have, or null for any
   * @throws io.serversence.document.Refused NOT_FOUND, STALE, CONFLICT if managed by file
   */
  Kept<Channel> replace(Channel channel, @Nullable Long revision);

  /** Removes a channel. Throws as {@link #replace}, and CONFLICT while something uses it. */
  void delete(String id, @Nullable Long revision);

  /** Sends a test message through a channel, enabled or not; the stage never fails. */
  CompletionStage<Delivery> test(Channel channel, String link);
}
