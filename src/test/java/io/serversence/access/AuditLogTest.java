package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.document.MeterWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private final AuditLog log = new AuditLog();
  private final FakeStore store = new FakeStore();
  private final Accounts.HandClock clock = new Accounts.HandClock();

  @BeforeEach
  @SuppressWarnings("UnnecessaryAssignment") // what CDI would do
  void wire() {
    log.store = store;
    log.clock = clock;
  }

  private static AuditEntry entry(int n) {
    return AuditEntry.of(Accounts.NOW, "ann", "192.0.2.1", "monitors.pause", "m" + n, 200);
  }

  private double meter(String name) {
    Map<String, Double> meters = new HashMap<>();
    log.write(
        new MeterWriter() {
          @Override
          public void counter(String meter, String help, double value, String... labels) {
            meters.put(meter, value);
          }

          @Override
          public void gauge(String meter, String help, double value, String... labels) {
            meters.put(meter, value);
          }

          @Override
          public void histogram(
              String meter,
              String help,
              double[] bounds,
              long[] counts,
              double sum,
              String... labels) {}
        });
    return meters.get(name);
  }

  private Thread running() {
    Thread thread = new Thread(log);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void what_was_recorded_is_in_the_store_once_it_has_settled() {
    running();
    for (int i = 0; i < 1_000; i++) {
      log.record(entry(i));
    }
    log.settle(Duration.ofSeconds(20));
    assertThat(store.kept()).hasSize(1_000);
    log.stop();
  }

  @Test
  void the_end_writes_what_waits() throws InterruptedException {
    log.record(entry(1));
    Thread thread = running();
    log.stop();
    thread.join(20_000);
    assertThat(store.kept()).hasSize(1);
  }

  @Test
  void while_the_database_is_away_entries_wait_and_nobody_waits_for_them() {
    store.away = true;
    log.record(entry(1));
    assertThat(log.writeBatch()).isFalse();
    log.record(entry(2));
    assertThat(meter("serversence_audit_waiting")).isEqualTo(2);

    store.away = false;
    assertThat(log.writeBatch()).isTrue();
    assertThat(store.kept()).extracting(AuditEntry::target).containsExactly("m1", "m2");
    assertThat(meter("serversence_audit_waiting")).isZero();
  }

  @Test
  void what_does_not_fit_in_is_dropped_and_counted() {
    for (int i = 0; i < AuditLog.MOST + 3; i++) {
      log.record(entry(i));
    }
    assertThat(meter("serversence_audit_waiting")).isEqualTo(AuditLog.MOST);
    assertThat(meter("serversence_audit_dropped_total")).isEqualTo(3);
  }

  @Test
  void entries_that_no_database_takes_do_not_hold_up_the_others() {
    store.broken = true;
    log.record(entry(1));
    assertThat(log.writeBatch()).isTrue();
    store.broken = false;
    log.record(entry(2));
    log.writeBatch();
    assertThat(store.kept()).extracting(AuditEntry::target).containsExactly("m2");
    assertThat(meter("serversence_audit_dropped_total")).isEqualTo(1);
  }

  @Test
  void entries_are_removed_after_a_year() throws InterruptedException {
    running();
    log.record(entry(1));
    assertThat(store.removed.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(store.removedBefore).isEqualTo(Accounts.NOW.minus(Duration.ofDays(365)));
    log.stop();
  }

  @Test
  void waiting_for_a_database_that_is_away_has_an_end() {
    store.away = true;
    log.record(entry(1));
    long from = System.nanoTime();
    log.settle(Duration.ofMillis(50));
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(40));
    assertThat(store.kept()).isEmpty();
  }

  /** Keeps in memory. */
  private static final class FakeStore extends AuditStore {
    private final List<AuditEntry> entries = new ArrayList<>();
    final CountDownLatch removed = new CountDownLatch(1);
    volatile Instant removedBefore = Instant.EPOCH;
    volatile boolean away;
    volatile boolean broken;

    FakeStore() {
      super(unused());
    }

    private static Database unused() {
      return Backend.H2_ECLIPSELINK.create(Backend.H2_ECLIPSELINK.empty());
    }

    @Override
    public synchronized void add(List<AuditEntry> added) {
      if (away) {
        throw new DatabaseAway("away");
      }
      if (broken) {
        throw new IllegalStateException("broken for the test");
      }
      entries.addAll(added);
    }

    synchronized List<AuditEntry> kept() {
      return List.copyOf(entries);
    }

    @Override
    public int removeBefore(Instant end) {
      removedBefore = end;
      removed.countDown();
      return 0;
    }
  }

  @Test
  void what_others_answer_forges_no_line_of_the_log() {
    assertThat(AuditEntry.logged("refused\r\nERROR forged\u001b[2J"))
        .isEqualTo("refusedERROR forged[2J");
    assertThat(AuditEntry.logged("x".repeat(10_000))).hasSize(500);
  }
}
