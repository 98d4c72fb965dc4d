package io.serversence.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has a request go on by an ASYNC dispatch when the container is done with what it did before, once
 * and not for ever in vain. Safe for use by many threads.
 */
final class Redispatch {
  /** Payara loses a dispatch that is asked for in the moment in which the first thread leaves. */
  static final int LEAVES_MILLIS = 5;

  /**
   * It calls back by yet another thread when a chunked body ends, and fails if all is over then.
   */
  static final int CALLS_BACK_MILLIS = 50;

  private static final long LOST_NANOS = 30_000_000_000L;

  private final PendingBodies all;
  private final PendingBody body;
  private final AsyncContext context;
  private final String path;
  private final boolean closes;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile long dispatched;

  /**
   * @param path where to
   * @param closes whether the connection is closed where the request is lost
   */
  Redispatch(
      PendingBodies all, PendingBody body, AsyncContext context, String path, boolean closes) {
    this.all = all;
    this.body = body;
    this.context = context;
    this.path = path;
    this.closes = closes;
  }

  /** Lets the request go on after so many milliseconds; the first call counts. */
  void begin(int millis) {
    if (begun.compareAndSet(false, true)) {
      all.later(millis, this::dispatchWhenLeft);
    }
  }

  private void dispatchWhenLeft() {
    if (firstThreadHasLeft()) {
      dispatch();
    } else {
      all.later(LEAVES_MILLIS, this::dispatchWhenLeft);
    }
  }

  /** Containers let the time-out be set until then only. */
  private boolean firstThreadHasLeft() {
    try {
      context.setTimeout(0);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void dispatch() {
    dispatched = System.nanoTime();
    all.dispatched(body);
    try {
      context.dispatch(path);
    } catch (RuntimeException e) { // the container has ended it; Payara finds nulls then
      all.release(body);
      complete();
    }
  }

  private void complete() {
    try {
      context.complete();
    } catch (RuntimeException e) {
      // it has indeed
    }
  }

  /** Claims the request; true once. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  /** True if the container has not come back with it for 30 s. */
  boolean isLost(long now) {
    return now - dispatched > LOST_NANOS;
  }

  /** Answers in place of a dispatch that is lost; does nothing if it was not. */
  void abandon() {
    if (!take()) {
      return;
    }
    all.lost(body);
    try {
      HttpServletResponse response = (HttpServletResponse) context.getResponse();
      if (closes) {
        response.setHeader("Connection", "close");
      }
      response.setHeader("Retry-After", "1");
      ServletAnswer.problem(response, 503, "the server has lost the request");
      context.complete();
    } catch (IOException | RuntimeException e) { // it has ended, or is dispatched at last
      all.release(body);
    }
  }
}
