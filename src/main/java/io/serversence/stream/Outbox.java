package io.serversence.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a client is to get beside the log, in order: answers to its messages, a new subscription,
 * the end. Bounded; safe for use by many threads.
 */
final class Outbox {
  private static final int MOST_BYTES = 128 * 1024;
  private static final int MOST = 256;

  /** One of three things. */
  record Errand(
      @Nullable Frame frame, @Nullable Subscription subscription, @Nullable Ending ending) {
    private int size() {
      return frame == null ? 0 : frame.size();
    }
  }

  // most clients never need it, and there are many clients
  private @Nullable ArrayDeque<Errand> errands;
  private int bytes;

  /** False if there is no room. The first errand always finds room, whatever its size. */
  synchronized boolean add(Errand errand) {
    if (errands == null) {
      errands = new ArrayDeque<>(4);
    }
    boolean room =
        errands.isEmpty() || (errands.size() < MOST && bytes + errand.size() <= MOST_BYTES);
    if (room) {
      errands.add(errand);
      bytes += errand.size();
    }
    return room;
  }

  synchronized @Nullable Errand poll() {
    Errand errand = errands == null ? null : errands.poll();
    if (errand != null) {
      bytes -= errand.size();
    }
    if (errands != null && errands.isEmpty()) {
      errands = null;
    }
    return errand;
  }

  synchronized boolean isEmpty() {
    return errands == null;
  }
}
