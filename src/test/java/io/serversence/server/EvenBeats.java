package io.serversence.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Changes of state at even distances: monitors that fail and succeed in turn. Probes would come by
 * chance, several at once, and what waits for others is not the stream's doing.
 */
final class EvenBeats implements AutoCloseable {
  private static final int MONITORS = 10;

  private final List<PlayedMonitor> monitors;
  private final Thread thread;
  private volatile long gap;
  private volatile boolean closed;

  /** Begins at once. */
  EvenBeats(Server server, int perSecond) {
    monitors =
        IntStream.range(0, MONITORS)
            .mapToObj(i -> PlayedMonitor.create(server, "beat-" + i))
            .toList();
    rate(perSecond);
    thread = new Thread(this::run, "beats");
    thread.setDaemon(true);
    thread.start();
  }

  /** So many changes a second from now on. */
  void rate(int perSecond) {
    gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  private void run() {
    long next = System.nanoTime();
    for (int i = 0; !closed; i++) {
      PlayedMonitor monitor = monitors.get(i % MONITORS);
      if (i / MONITORS % 2 == 0) {
        monitor.fail();
      } else {
        monitor.succeed();
      }
      next = Math.max(next + gap, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
      while (System.nanoTime() - next < 0) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Await.until("the last beat is sent", Duration.ofSeconds(30), () -> !thread.isAlive());
  }
}
