package io.serversence.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of one change that one channel is to be told; durations in milliseconds. */
@Entity
@Table(name = "notification")
@SuppressWarnings("NullAway.Init") // filled by the provider
class NotificationRow {
  @Id String id;
  String incident;
  String transition;
  String event;
  String channel;

  @Column(name = "group_key")
  String group;

  @Column(name = "group_wait")
  long wait;

  @Column(name = "group_interval")
  long interval;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "resent_at")
  @Nullable Instant resentAt;

  @Nullable String message;

  @Enumerated(EnumType.STRING)
  NotificationState state;

  int attempts;

  @Column(name = "next_attempt_at")
  @Nullable Instant nextAttemptAt;

  @Column(name = "sent_at")
  @Nullable Instant sentAt;

  @Nullable String error;
  @Nullable String body;

  protected NotificationRow() {}

  NotificationRow(Due due) {
    id = due.id().toString();
    incident = due.incident().toString();
    transition = due.transition();
    event = due.event();
    channel = due.channel();
    group = due.group();
    wait = due.patience().toMillis();
    interval = due.interval().toMillis();
    createdAt = due.at();
    state = NotificationState.PENDING;
  }

  Due due() {
    return new Due(
        UUID.fromString(id),
        UUID.fromString(incident),
        transition,
        event,
        channel,
        group,
        Duration.ofMillis(wait),
        Duration.ofMillis(interval),
        createdAt);
  }

  Notification notification(List<Due> due) {
    return new Notification(
        UUID.fromString(id),
        channel,
        event,
        state,
        attempts,
        resentAt == null ? createdAt : resentAt,
        nextAttemptAt,
        sentAt,
        error,
        body,
        due);
  }
}
