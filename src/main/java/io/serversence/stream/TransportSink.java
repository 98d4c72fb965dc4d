package io.serversence.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A standard sink over one of our transports. Sending never blocks; a client that leaves too many
 * events unread makes it fail. Safe for use by many threads.
 */
final class TransportSink implements SseEventSink, Transport.Listener {
  private static final int MOST_WAITING = 64;

  private final Transport transport;
  private final Queue<Sending> waiting = new ArrayDeque<>();
  private @Nullable Sending current;
  private boolean pumping;
  private boolean closed;

  private record Sending(Frame frame, CompletableFuture<Void> done) {}

  TransportSink(Transport transport) {
    this.transport = transport;
    transport.open(this);
  }

  @Override
  public CompletionStage<?> send(OutboundSseEvent event) {
    Sending sending = new Sending(Frame.of(encode(event)), new CompletableFuture<>());
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the sink is closed");
      }
      if (waiting.size() >= MOST_WAITING) {
        return CompletableFuture.failedStage(new IllegalStateException("the client does not read"));
      }
      waiting.add(sending);
    }
    pump();
    return sending.done;
  }

  /** Writes while the transport takes it; not deeper than once, because it may answer at once. */
  private void pump() {
    while (true) {
      Sending next;
      synchronized (this) {
        if (pumping || current != null || waiting.isEmpty()) {
          return;
        }
        pumping = true;
        next = waiting.remove();
        current = next;
      }
      transport.write(next.frame);
      synchronized (this) {
        pumping = false;
      }
    }
  }

  @Override
  public void written() {
    Sending done;
    synchronized (this) {
      done = current;
      current = null;
    }
    if (done != null) {
      done.done.complete(null);
    }
    pump();
  }

  @Override
  public void progressed() {}

  @Override
  public void ponged() {}

  @Override
  public void gone() {
    close(Ending.LEFT);
  }

  @Override
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    close(Ending.LIFETIME);
  }

  private void close(Ending why) {
    List<Sending> unsent = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (current != null) {
        unsent.add(current);
      }
      unsent.addAll(waiting);
      waiting.clear();
    }
    transport.close(why);
    unsent.forEach(
        s -> s.done.completeExceptionally(new IllegalStateException("the sink is closed")));
  }

  private static byte[] encode(OutboundSseEvent event) {
    ByteText out = new ByteText(256);
    lines(out, "", event.getComment());
    if (event.isReconnectDelaySet()) {
      out.ascii("retry: ").number(event.getReconnectDelay()).ascii("\n");
    }
    lines(out, "id", event.getId());
    lines(out, "event", event.getName());
    lines(out, "data", event.getData() == null ? null : String.valueOf(event.getData()));
    return out.ascii("\n").toBytes();
  }

  private static void lines(ByteText out, String field, @Nullable String text) {
    if (text != null) {
      for (String line : text.split("\r\n|\r|\n", -1)) {
        out.ascii(field).ascii(": ").text(line).ascii("\n");
      }
    }
  }
}
