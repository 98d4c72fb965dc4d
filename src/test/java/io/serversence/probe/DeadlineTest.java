package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The event loop is held up on purpose. */
class DeadlineTest extends ProberCase {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @Override
  ProberSettings settings() {
    ProberSettings d = ProberSettings.DEFAULT;
    return new ProberSettings(
        1,
        d.bodyCap(),
        d.inflationRatio(),
        d.headerCap(),
        d.heldBodies(),
        d.idleConnections(),
        d.idleConnectionsPerEndpoint(),
        d.idleTime(),
        d.connectionLife(),
        d.cachedNames(),
        d.nameLife(),
        d.egress());
  }

  /** Blocks the only loop from the moment the request is there until long after the deadline. */
  private Sample probeWhileHeldUp(TargetServer server) throws Exception {
    Monitor monitor = Monitors.with().timeout(SHORT).http(server.url("/"));
    long end = System.nanoTime() + 3 * SHORT.toNanos();
    CompletableFuture<ProbeResult> result = prober().probe(monitor, false).toCompletableFuture();
    asked.await(10, TimeUnit.SECONDS);
    prober()
        .at(
            System.nanoTime(),
            () -> {
              try {
                answered.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
              }
            });
    return result.get(20, TimeUnit.SECONDS).sample();
  }

  @Test
  void an_answer_that_came_in_time_counts_even_if_it_is_read_late() throws Exception {
    TargetServer server =
        answering(
            (talk, request) -> {
              asked.countDown();
              talk.answer("200 OK", "in time");
              answered.countDown();
            });
    Sample sample = probeWhileHeldUp(server);
    assertThat(sample.outcome()).as(sample.message()).isEqualTo(Outcome.UP);
  }

  @Test
  void silence_proves_nothing_if_nobody_was_listening() throws Exception {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.request();
              asked.countDown();
              answered.countDown();
              talk.hang();
            });
    Sample sample = probeWhileHeldUp(server);
    assertThat(sample.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(sample.message()).isEqualTo(TOO_BUSY);
  }
}
