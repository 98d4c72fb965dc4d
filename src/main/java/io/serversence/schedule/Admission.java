package io.serversence.schedule;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many probes run at once, in all and against one host. What finds no place waits in the
 * order of its coming, which is the order in which it was due: the oldest goes first. Safe for use
 * by many threads; what it admits runs on the caller's thread, outside the lock.
 *
 * <p>It holds no more than its callers hand in, and each monitor hands in at most one probe.
 */
final class Admission {
  private final int most;
  private final int mostPerHost;
  private final Map<String, Host> hosts = new HashMap<>();
  private final Queue<Waiting> ready = new ArrayDeque<>();
  private int running;
  private int waiting;

  private static final class Host {
    int running;
    final Queue<Waiting> waiting = new ArrayDeque<>();
  }

  private record Waiting(String host, Runnable start) {}

  Admission(int most, int mostPerHost) {
    this.most = most;
    this.mostPerHost = mostPerHost;
  }

  /** Starts now or later; each start is answered by one {@link #leave}. */
  void enter(String host, Runnable start) {
    synchronized (this) {
      Host h = hosts.computeIfAbsent(host, k -> new Host());
      if (h.running >= mostPerHost) {
        h.waiting.add(new Waiting(host, start));
        waiting++;
        return;
      }
      h.running++;
      if (running >= most) {
        ready.add(new Waiting(host, start));
        waiting++;
        return;
      }
      running++;
    }
    start.run();
  }

  /** A probe against the host has ended, which may start another. */
  void leave(String host) {
    Runnable next;
    synchronized (this) {
      running--;
      Host h = hosts.get(host);
      if (h != null) {
        Waiting successor = h.waiting.poll();
        if (successor != null) {
          ready.add(successor); // takes over the place at this host
        } else if (--h.running == 0) {
          hosts.remove(host);
        }
      }
      next = admit();
    }
    if (next != null) {
      next.run();
    }
  }

  private @Nullable Runnable admit() {
    if (running >= most) {
      return null;
    }
    Waiting first = ready.poll();
    if (first == null) {
      return null;
    }
    running++;
    waiting--;
    return first.start();
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return waiting;
  }
}
