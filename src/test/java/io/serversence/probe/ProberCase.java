package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What tests with a real prober share: it is made at its first use, and when the test is over no
 * connection but the idle ones, no byte of a body, no thread and no buffer of it may be left.
 */
@ExtendWith(LeakWatch.class)
abstract class ProberCase {
  static final Duration SHORT = Duration.ofMillis(300);
  static final String TOO_BUSY = "ServerSence itself was too busy to hear an answer in time";

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> servers = new ArrayList<>();
  private Prober prober;

  ProberSettings settings() {
    return ProberSettings.DEFAULT;
  }

  Prober newProber() {
    return new Prober(this::thread, settings());
  }

  /** A prober that asks this name server, as files in a folder say. */
  final Prober asking(NameServer dns, Path folder) {
    return new Prober(
        this::thread,
        settings(),
        null,
        new NameFiles(folder.resolve("hosts"), folder.resolve("resolv.conf"), dns.port()));
  }

  /**
   * Settings with one event loop and no kept connection.
   *
   * @param names how many names are remembered
   */
  static ProberSettings keepingNothing(int names, EgressPolicy egress) {
    ProberSettings d = ProberSettings.DEFAULT;
    return new ProberSettings(
        1,
        d.bodyCap(),
        d.inflationRatio(),
        d.headerCap(),
        d.heldBodies(),
        0,
        1,
        d.idleTime(),
        d.connectionLife(),
        names,
        d.nameLife(),
        egress);
  }

  Thread thread(Runnable work) {
    Thread thread = new Thread(work, "probe-" + threads.size());
    threads.add(thread);
    return thread;
  }

  final Prober prober() {
    if (prober == null) {
      prober = newProber();
    }
    return prober;
  }

  final TargetServer serve(TargetServer.Script script) {
    TargetServer server = TargetServer.doing(script);
    servers.add(server);
    return server;
  }

  final TargetServer answering(TargetServer.Answering answering) {
    return serve(TargetServer.serving(answering));
  }

  final <T extends AutoCloseable> T closing(T server) {
    servers.add(server);
    return server;
  }

  final ProbeResult probe(Monitor monitor) {
    return probe(monitor, false);
  }

  /** Probes again where the machine of the test was too busy for a judgement. */
  final ProbeResult probe(Monitor monitor, boolean evidence) {
    ProbeResult result = probeOnce(monitor, evidence);
    for (int i = 0; i < 50 && TOO_BUSY.equals(result.sample().message()); i++) {
      result = probeOnce(monitor, evidence);
    }
    return result;
  }

  private ProbeResult probeOnce(Monitor monitor, boolean evidence) {
    long start = System.nanoTime();
    ProbeResult result;
    try {
      result = prober().probe(monitor, evidence).toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("a probe must answer", e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(monitor.timeout().plusSeconds(5)); // the machine may be busy
    Sample sample = result.sample();
    assertThat(sample.latency()).isNotNegative();
    assertThat(String.valueOf(sample.message())).doesNotContain("Exception").doesNotContain("\n");
    return result;
  }

  /** Waits until something holds. */
  static void eventually(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @AfterEach
  final void nothing_is_left() throws Exception {
    if (prober != null) {
      Prober mine = prober;
      eventually(
          () -> {
            ProberFigures figures = mine.figures();
            return figures.probesRunning() == 0
                && figures.bodyBytesHeld() == 0
                && figures.connectionsOpen() == figures.connectionsIdle();
          });
      mine.close();
      for (Thread thread : threads) {
        thread.join(5_000); // it has ended but for its last instructions
        assertThat(thread.isAlive()).isFalse();
      }
      assertThat(mine.figures().connectionsOpen()).isZero();
      assertThat(mine.figures().connectionsIdle()).isZero();
    }
    for (AutoCloseable server : servers) {
      server.close();
    }
  }
}
