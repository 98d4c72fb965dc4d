package io.serversence.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket over the container's session: one asynchronous send at a time, never a blocking one.
 */
final class SocketTransport implements Transport, SendHandler {
  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Listener listener;

  SocketTransport(Session session) {
    this.session = session;
    this.remote = session.getAsyncRemote();
  }

  @Override
  public void open(Listener told) {
    listener = told;
  }

  @Override
  public boolean sse() {
    return false;
  }

  @Override
  public void write(Frame frame) {
    try {
      if (frame.text() != null) {
        remote.sendText(frame.text(), this);
      } else {
        remote.sendBinary(frame.buffer(), this);
      }
    } catch (RuntimeException e) { // the session closed meanwhile
      gone();
    }
  }

  @Override
  public void onResult(SendResult result) {
    Listener told = listener;
    if (!result.isOK()) {
      gone();
    } else if (told != null) {
      told.written();
    }
  }

  @Override
  public void ping() {
    try {
      remote.sendPing(ByteBuffer.allocate(0));
    } catch (IOException | RuntimeException e) {
      gone();
    }
  }

  private void gone() {
    Listener told = listener;
    if (told != null) {
      told.gone();
    }
  }

  @Override
  public void close(Ending ending) {
    if (ending == Ending.LEFT || !closed.compareAndSet(false, true)) {
      return;
    }
    try {
      String reason = ending.word() == null ? "" : ending.word();
      session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(ending.code()), reason));
    } catch (IOException | RuntimeException e) { // it is closed, or will be by the container
      gone();
    }
  }
}
