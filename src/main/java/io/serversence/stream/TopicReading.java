package io.serversence.stream;

import io.serversence.document.Json;
import io.serversence.document.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one client is in a topic. All but {@link #waits} is for its writer's thread. */
final class TopicReading {
  private final Topic topic;
  private final boolean needsRights;
  private final @Nullable String cursor;
  private volatile long told;

  TopicReading(Topic topic, boolean needsRights, @Nullable String cursor) {
    this.topic = topic;
    this.needsRights = needsRights;
    this.cursor = cursor == null || cursor.isEmpty() ? null : cursor;
  }

  Topic topic() {
    return topic;
  }

  /** Whether it ends with the caller's rights; what is public does not. */
  boolean needsRights() {
    return needsRights;
  }

  /** The greeting, which says nothing of the caller. */
  Frame hello(Instant now, StreamSettings settings, long lifetimeMs, long retryMs) {
    Edition newest = topic.edition();
    told = known(newest);
    String data =
        Json.object()
            .add("epoch", topic.epoch())
            .add("version", newest == null ? 0 : newest.version())
            .add("serverTime", Times.format(now))
            .add("heartbeatMs", settings.heartbeat().toMillis())
            .add("lifetimeMs", lifetimeMs)
            .add("resumed", told > 0 ? "ok" : cursor == null ? "fresh" : "reset")
            .build()
            .toString();
    return Notice.withRetry(Wire.SSE, retryMs, "hello", null, data);
  }

  /** The version that the reader has, 0 for none of this topic. */
  private long known(@Nullable Edition newest) {
    EventId id = cursor == null ? null : EventId.parse(cursor);
    return id != null
            && newest != null
            && id.epoch().equals(topic.epoch())
            && id.seq() <= newest.version()
        ? id.seq()
        : 0;
  }

  /** What is new, or null. */
  @Nullable Frame next() {
    Edition newest = topic.edition();
    if (newest == null || newest.version() <= told) {
      return null;
    }
    Frame frame = topic.frame(newest, told);
    told = newest.version();
    return frame;
  }

  boolean waits() {
    Edition newest = topic.edition();
    return newest != null && newest.version() > told;
  }

  /** Says that what was told is what is. */
  Frame heartbeat(Instant now) {
    return Notice.heartbeat(Wire.SSE, new EventId(topic.epoch(), told), now);
  }
}
