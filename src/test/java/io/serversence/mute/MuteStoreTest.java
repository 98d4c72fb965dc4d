package io.serversence.mute;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Silences that are over make room. */
class MuteStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private Database database;
  private MuteStore mutes;

  @BeforeEach
  void open() {
    database = Backend.H2_ECLIPSELINK.cleared();
    mutes = new MuteStore(database);
  }

  private void silence(int i, Instant ends) {
    String id = String.format(Locale.ROOT, "00000000-0000-7000-8000-%012d", i);
    mutes
        .silences()
        .create(
            new Silence(
                id,
                List.of(Matcher.of(Matcher.Name.MONITOR, Matcher.Op.EQUAL, "web")),
                NOW.minus(Duration.ofDays(90)),
                ends,
                "",
                "admin"),
            false,
            NOW);
  }

  private int sweepAll(Instant at) {
    int steps = 0;
    while (mutes.sweep(at) > 0) {
      steps++;
    }
    return steps;
  }

  @Test
  void what_ended_thirty_days_ago_is_forgotten_and_the_rest_is_not() {
    silence(1, NOW.minus(Duration.ofDays(31)));
    silence(2, NOW.minus(Duration.ofDays(29)));
    silence(3, NOW.plus(Duration.ofDays(29)));
    assertThat(mutes.sweep(NOW)).isEqualTo(1);
    assertThat(mutes.sweep(NOW)).isZero();
    MuteStore read = new MuteStore(database);
    read.load();
    assertThat(read.silences().all()).hasSize(2);
    assertThat(mutes.silences().all()).hasSize(2);
  }

  @Test
  void a_thousand_that_are_over_leave_room_for_new_ones_and_go_in_small_steps() {
    for (int i = 0; i < 1_000; i++) {
      silence(i, NOW.minusSeconds(1_000 - i));
    }
    assertThat(sweepAll(NOW)).isGreaterThanOrEqualTo(10);
    assertThat(mutes.silences().all())
        .hasSize(500)
        .allSatisfy(
            kept -> assertThat(kept.value().endsAt()).isAfterOrEqualTo(NOW.minusSeconds(500)));
    silence(1_000, NOW.plusSeconds(60));
    assertThat(mutes.silences().all()).hasSize(501);
  }
}
