package io.serversence.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way into memory, while no thread waits for it. However it ends, the request goes on
 * by an ASYNC dispatch: completing it instead would make Undertow wait, on a thread, for the rest
 * of the body. Read by one container thread at a time; may be ended by any.
 */
final class PendingBody implements ReadListener, AsyncListener {
  /** The attribute of the request that holds it. */
  static final String NAME = PendingBody.class.getName();

  /** Of a larger one so much is taken off the line, so that the client gets to read its answer. */
  static final long MOST_DISCARDED = 4L * Body.MOST;

  private static final byte[] NONE = {};
  private static final int FIRST = 1024;
  private static final int PIECE = 8192;

  enum End {
    READ,
    /** The rest is not worth reading. */
    CUT,
    LATE,
    CROWDED,
    GONE
  }

  private static final long MOST_QUIET_NANOS = 10_000_000_000L;
  private static final long LONGEST_NANOS = 30_000_000_000L;

  /** What it holds of the memory for all; {@link PendingBodies} only, under its lock. */
  int held;

  private final PendingBodies all;
  private final RequestTarget target;
  private final AsyncContext context;
  private final ServletInputStream in;
  private final long opened = System.nanoTime();
  private volatile long progressed = opened;
  private final boolean closes;
  private final long expected;
  private final Redispatch onward;
  private final AtomicReference<@Nullable End> end = new AtomicReference<>();

  private volatile byte[] bytes = NONE; // whoever ends it may drop them

  // of whoever reads, and of the dispatch after it
  private int length;
  private long received;
  private volatile boolean waited;

  PendingBody(PendingBodies all, HttpServletRequest request, AsyncContext context)
      throws IOException {
    this.all = all;
    this.target = RequestTarget.of(request);
    this.context = context;
    this.in = request.getInputStream();
    this.closes = canClose(request);
    this.expected =
        request.getHeader("Transfer-Encoding") == null ? request.getContentLengthLong() : -1;
    this.onward = new Redispatch(all, this, context, target.dispatched(), closes);
  }

  /** True if the connection can be closed after the answer; in HTTP/2 it belongs to others too. */
  static boolean canClose(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1");
  }

  /** Begins to read. */
  void open() {
    context.addListener(this);
    all.begin(this);
    in.setReadListener(this); // may read at once
  }

  /** True if nothing has come for 10 s, or not all within 30 s. */
  boolean isLate(long now) {
    return now - progressed > MOST_QUIET_NANOS || now - opened > LONGEST_NANOS;
  }

  @Nullable End end() {
    return end.get();
  }

  /** How the request goes on. */
  Redispatch onward() {
    return onward;
  }

  /** The request with what was read; of a body that is too large only that it is. */
  HttpServletRequest received(HttpServletRequest request) {
    return received > Body.MOST
        ? new ReceivedRequest(request, target, new byte[Body.MOST + 1], received)
        : new ReceivedRequest(request, target, Arrays.copyOf(bytes, length), length);
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] piece = new byte[PIECE];
    while (end.get() == null || !closes) {
      if (!in.isReady()) {
        waited = true;
        return;
      }
      int count = in.read(piece);
      if (count < 0) {
        return; // onAllDataRead comes
      }
      if (end.get() == null) {
        take(piece, count);
      }
      if (isWhole()) {
        onAllDataRead();
        return;
      }
    }
  }

  /**
   * True if nothing more can come. Payara must not be asked then whether it is ready: it would
   * listen to the connection, which it does anyway after the answer, and two threads would read the
   * next request. An HTTP/2 stream goes on until it says that it ends.
   */
  private boolean isWhole() throws IOException {
    if (closes && expected >= 0) {
      return received >= expected;
    }
    return in.isFinished() && in.available() == 0; // Payara says of the line that it is finished
  }

  private void take(byte[] piece, int count) {
    progressed = System.nanoTime();
    received += count;
    if (received > Body.MOST) {
      bytes = NONE;
      length = 0;
      all.shrink(this);
      if (received > MOST_DISCARDED) {
        end(End.CUT);
      }
      return;
    }
    byte[] into = bytes;
    if (length + count > into.length) {
      int wanted = Math.max(Math.max(FIRST, 2 * into.length), length + count);
      if (!all.grow(this, wanted - into.length)) {
        return;
      }
      into = Arrays.copyOf(into, wanted);
    }
    System.arraycopy(piece, 0, into, length, count);
    length += count;
    bytes = into;
    if (end.get() != null) {
      bytes = NONE;
    }
  }

  /**
   * Gives it up, or takes it as it is; the first to say so counts. Where the connection cannot be
   * closed, the answer has to wait for the rest of the body, or Undertow would, on a thread.
   */
  void end(End how) {
    if (end.compareAndSet(null, how)) {
      if (how != End.READ) {
        bytes = NONE;
      }
      all.ended(this, how);
      if (closes) {
        goOn();
      }
    }
  }

  private void goOn() {
    onward.begin(waited || expected < 0 ? Redispatch.CALLS_BACK_MILLIS : Redispatch.LEAVES_MILLIS);
  }

  @Override
  public void onAllDataRead() throws IOException {
    if (end.get() == null && (received < expected || in.available() > 0)) {
      return; // Payara may say so before it tells of the last bytes
    }
    end(End.READ);
    goOn();
  }

  @Override
  public void onError(Throwable cause) {
    end(End.GONE);
    goOn();
  }

  @Override
  public void onTimeout(AsyncEvent event) {} // there is none

  @Override
  public void onError(AsyncEvent event) {
    end(End.GONE);
    goOn();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    all.release(this);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
