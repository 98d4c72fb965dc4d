package io.serversence.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Server-Sent Events over a Servlet response that never blocks. All work on the response is done by
 * whoever enters the loop of {@link #pump} first; others only leave word, so that the container's
 * threads and ours never meet in it.
 */
final class ServletTransport implements Transport, WriteListener, AsyncListener {
  /** Larger frames go out in pieces, so that progress shows and containers hold little. */
  private static final int PIECE = 32 * 1024;

  private enum Step {
    IDLE,
    WRITE,
    FLUSH,
    SETTLE
  }

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile @Nullable Listener listener;
  private volatile boolean possible; // nothing may be written before the first onWritePossible
  private volatile boolean closing;
  private volatile boolean failed;
  private volatile byte @Nullable [] given;

  // of whoever is in the loop
  private Step step = Step.IDLE;
  private byte[] bytes = new byte[0];
  private int position;
  private boolean completed;

  ServletTransport(AsyncContext context) throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
  }

  @Override
  public void open(Listener told) {
    listener = told;
    context.addListener(this);
    out.setWriteListener(this);
  }

  @Override
  public boolean sse() {
    return true;
  }

  @Override
  public void write(Frame frame) {
    given = frame.bytes();
    pump();
  }

  @Override
  public void ping() {}

  @Override
  public void close(Ending ending) {
    closing = true;
    pump();
  }

  @Override
  public void onWritePossible() {
    possible = true;
    pump();
  }

  private void pump() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      boolean written = turn();
      if (written) {
        Listener told = listener;
        if (told != null) {
          told.written(); // may call write, which comes back here as another turn
        }
      }
      seen = calls.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Goes as far as the response takes it; true if a frame is done. */
  private boolean turn() {
    if (closing) {
      complete();
      return false;
    }
    if (!possible || failed) {
      return false;
    }
    try {
      return advance();
    } catch (IOException | RuntimeException e) { // containers throw both at a client that is gone
      fail();
      return false;
    }
  }

  private boolean advance() throws IOException {
    while (true) {
      if (step == Step.IDLE) {
        byte[] next = given;
        if (next == null) {
          return false;
        }
        given = null;
        bytes = next;
        position = 0;
        step = Step.WRITE;
      }
      if (!out.isReady()) { // asked before each step; if not, onWritePossible comes
        return false;
      }
      switch (step) {
        case WRITE -> {
          int length = Math.min(PIECE, bytes.length - position);
          out.write(bytes, position, length);
          position += length;
          step = position < bytes.length ? Step.WRITE : Step.FLUSH;
          progressed();
        }
        case FLUSH -> {
          out.flush();
          step = Step.SETTLE;
        }
        case SETTLE -> {
          bytes = new byte[0];
          step = Step.IDLE;
          return true;
        }
        case IDLE -> throw new IllegalStateException("nothing to write");
      }
    }
  }

  private void progressed() {
    Listener told = listener;
    if (told != null && step == Step.WRITE) {
      told.progressed();
    }
  }

  private void complete() {
    if (!completed) {
      completed = true;
      bytes = new byte[0];
      given = null;
      try {
        context.complete();
      } catch (RuntimeException e) { // the container was first
        failed = true;
      }
    }
  }

  private void fail() {
    failed = true;
    Listener told = listener;
    if (told != null) {
      told.gone();
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    fail();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    fail();
  }

  @Override
  public void onError(AsyncEvent event) {
    fail();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
