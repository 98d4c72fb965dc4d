package io.serversence.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to a channel, or what waits to become one.
 *
 * @param createdAt when it became due or, where that was later, somebody had it sent again
 * @param body the frozen message, or null before it was first claimed
 * @param due what it tells, the one whose id it bears first; never empty
 */
public record Notification(
    UUID id,
    String channel,
    String event,
    NotificationState state,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant sentAt,
    @Nullable String error,
    @Nullable String body,
    List<Due> due) {

  public Notification {
    due = List.copyOf(due);
  }

  /** The incidents that it tells of. */
  public List<UUID> incidents() {
    return due.stream().map(Due::incident).distinct().toList();
  }

  /** The same message after a try, or for another one. */
  public Notification with(
      NotificationState newState,
      int newAttempts,
      @Nullable Instant next,
      @Nullable Instant sent,
      @Nullable String newError) {
    return new Notification(
        id, channel, event, newState, newAttempts, createdAt, next, sent, newError, body, due);
  }
}
