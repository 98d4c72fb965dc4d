package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.alert.SlowReceiver;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.history.IncidentFilter;
import io.serversence.history.IncidentStore;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An active node is killed at random moments, while ten changes a second go to slow webhooks. Run
 * by the {@code bench} profile, with 200 kills or as many as {@code -Dkills} says.
 */
class AlertKillBench {
  private static final int KILLS = Integer.getInteger("kills", 200);
  private static final int LONGEST_MS = 2_000;

  /** Bytes on their way when the process is killed are the killed one's. */
  private static final Duration STRAGGLERS = Duration.ofMillis(200);

  /** What a failure left stays, the log too. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Random dice = new Random(KILLS);

  @Test
  void kills_lose_nothing_and_repeat_only_what_was_under_way() throws Exception {
    try (SlowReceiver receiver = new SlowReceiver()) {
      for (int i = 0; i < KILLS; i++) {
        runAndKill(receiver, i % 5 == 4);
      }
      finish(receiver);
      List<Incident> incidents = incidents();
      assertOneAtATime(incidents);
      Map<String, String> channels = new HashMap<>();
      incidents.forEach(i -> channels.put(i.id().toString(), i.monitor()));
      receiver.assertAllTold(channels);
      int repeats = receiver.assertFewRepeats();
      System.out.println(
          String.format(
              Locale.ROOT,
              "BENCH %d kills: %d incidents, %d messages, %d of them repeats, none lost",
              KILLS,
              incidents.size(),
              receiver.count(),
              repeats));
    }
  }

  private Process start(SlowReceiver receiver) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // to start sooner
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            AlertedProcess.class.getName(),
            folder.toString(),
            receiver.url(""))
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()))
        .start();
  }

  /**
   * Starts it and kills it.
   *
   * @param anyTime at any time, else not before it is ready
   */
  private void runAndKill(SlowReceiver receiver, boolean anyTime) throws Exception {
    Process process = start(receiver);
    try {
      if (!anyTime) {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assertThat(lines.readLine()).as("see %s/errors.txt", folder).isEqualTo("ready");
      }
      pass(Duration.ofMillis(dice.nextInt(LONGEST_MS)));
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    pass(STRAGGLERS);
    receiver.nextRun();
  }

  private void finish(SlowReceiver receiver) throws Exception {
    Process process = start(receiver);
    try {
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      assertThat(lines.readLine()).isEqualTo("ready");
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertThat(lines.readLine()).isEqualTo("finished");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private List<Incident> incidents() {
    List<Incident> all = new ArrayList<>();
    try (Database database = Backend.H2_HIBERNATE.create(Backend.h2(folder))) {
      database.open(Backend.threads());
      IncidentStore store = new IncidentStore(database);
      UUID before = null;
      List<Incident> page = store.page(IncidentFilter.ANY, null, 500);
      while (!page.isEmpty()) {
        all.addAll(page);
        before = page.get(page.size() - 1).id();
        page = store.page(IncidentFilter.ANY, before, 500);
      }
    }
    return all;
  }

  /** No monitor had two incidents at a time, and all are over. */
  private static void assertOneAtATime(List<Incident> incidents) {
    assertThat(incidents).hasSizeGreaterThan(KILLS);
    Map<String, Instant> over = new HashMap<>();
    incidents.stream()
        .sorted(Comparator.comparing(Incident::openedAt))
        .forEach(
            incident -> {
              assertThat(incident.state()).isEqualTo(IncidentState.RESOLVED);
              Instant before = over.put(incident.monitor(), incident.resolvedAt());
              if (before != null) {
                assertThat(incident.openedAt()).isAfterOrEqualTo(before);
              }
            });
  }
}
