package io.serversence.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A standard event whose data is text already. */
record TextEvent(@Nullable String name, @Nullable String id, @Nullable String data, long retryMs)
    implements OutboundSseEvent {

  /** Says only that something happened. */
  static final TextEvent BELL = new TextEvent(null, null, null, -1);

  @Override
  public Class<?> getType() {
    return String.class;
  }

  @Override
  public Type getGenericType() {
    return String.class;
  }

  @Override
  public MediaType getMediaType() {
    return MediaType.TEXT_PLAIN_TYPE;
  }

  @Override
  public @Nullable Object getData() {
    return data;
  }

  @Override
  public @Nullable String getId() {
    return id;
  }

  @Override
  public @Nullable String getName() {
    return name;
  }

  @Override
  public @Nullable String getComment() {
    return null;
  }

  @Override
  public long getReconnectDelay() {
    return retryMs;
  }

  @Override
  public boolean isReconnectDelaySet() {
    return retryMs >= 0;
  }
}
