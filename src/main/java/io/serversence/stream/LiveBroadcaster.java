package io.serversence.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A broadcaster with the standard contract that leaves each sink alone with its event: none is
 * chained to another, so that a slow one delays only its own stage. It calls each listener once per
 * sink that fails or closes. Safe for use by many threads.
 */
final class LiveBroadcaster implements SseBroadcaster {
  private final Set<SseEventSink> sinks = ConcurrentHashMap.newKeySet();
  private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
  private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  @Override
  public void onError(BiConsumer<SseEventSink, Throwable> listener) {
    checkOpen();
    onError.add(listener);
  }

  @Override
  public void onClose(Consumer<SseEventSink> listener) {
    checkOpen();
    onClose.add(listener);
  }

  @Override
  public void register(SseEventSink sink) {
    checkOpen();
    sinks.add(sink);
    if (closed.get()) { // it closed meanwhile, and may have missed this one
      forget(sink, true);
    }
  }

  /** The stage is done once every sink has the event, or has failed and been dropped. */
  @Override
  public CompletionStage<?> broadcast(OutboundSseEvent event) {
    checkOpen();
    List<CompletableFuture<?>> sent = new ArrayList<>(sinks.size());
    for (SseEventSink sink : sinks) {
      if (sink.isClosed()) {
        forget(sink, false);
      } else {
        sent.add(send(sink, event));
      }
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<?> send(SseEventSink sink, OutboundSseEvent event) {
    CompletionStage<?> stage;
    try {
      stage = sink.send(event);
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedStage(e);
    }
    return stage
        .handle(
            (done, fault) -> {
              if (fault != null) {
                failed(sink, fault);
              }
              return done;
            })
        .toCompletableFuture();
  }

  private void failed(SseEventSink sink, Throwable fault) {
    if (sinks.remove(sink)) {
      onError.forEach(listener -> listener.accept(sink, fault));
      sink.close();
      onClose.forEach(listener -> listener.accept(sink));
    }
  }

  private void forget(SseEventSink sink, boolean close) {
    if (sinks.remove(sink)) {
      if (close) {
        sink.close();
      }
      onClose.forEach(listener -> listener.accept(sink));
    }
  }

  @Override
  public void close() {
    close(true);
  }

  @Override
  public void close(boolean cascading) {
    if (closed.compareAndSet(false, true)) {
      if (cascading) {
        sinks.forEach(sink -> forget(sink, true));
      } else {
        sinks.clear();
      }
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the broadcaster is closed");
    }
  }
}
