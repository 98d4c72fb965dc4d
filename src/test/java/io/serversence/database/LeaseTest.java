package io.serversence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final Duration TIME = Duration.ofSeconds(15);

  @Parameter Backend backend;
  @TempDir Path folder;

  private Database database;
  private Lease one;
  private Lease two;

  @BeforeEach
  void open() {
    database = backend.cleared();
    one = node("one");
    two = node("two");
  }

  private Lease node(String name) {
    return new Lease(database, folder.resolve(name));
  }

  @Test
  void the_first_node_gets_it_and_the_second_waits() {
    assertThat(one.acquire(NOW, TIME)).isTrue();
    assertThat(two.acquire(NOW.plusSeconds(1), TIME)).isFalse();
    assertThat(two.renew(NOW.plusSeconds(1), TIME)).isFalse();
    assertThat(one.renew(NOW.plusSeconds(2), TIME)).isTrue();
  }

  @Test
  void as_long_as_it_is_renewed_nobody_else_gets_it() {
    assertThat(one.acquire(NOW, TIME)).isTrue();
    for (int second = 5; second < 120; second += 5) {
      assertThat(one.renew(NOW.plusSeconds(second), TIME)).isTrue();
      assertThat(two.acquire(NOW.plusSeconds(second), TIME)).isFalse();
    }
  }

  @Test
  void once_it_is_over_another_takes_it_and_the_first_cannot_renew() {
    assertThat(one.acquire(NOW, TIME)).isTrue();
    assertThat(two.acquire(NOW.plus(TIME).minusMillis(1), TIME)).isFalse();
    assertThat(two.acquire(NOW.plus(TIME), TIME)).isTrue();
    assertThat(one.renew(NOW.plus(TIME), TIME)).isFalse();
    assertThat(one.acquire(NOW.plus(TIME), TIME)).isFalse();
    assertThat(two.renew(NOW.plus(TIME).plusSeconds(1), TIME)).isTrue();
  }

  @Test
  void a_released_one_is_free_at_once() {
    assertThat(one.acquire(NOW, TIME)).isTrue();
    one.release();
    assertThat(two.acquire(NOW, TIME)).isTrue();
  }

  @Test
  void nobody_releases_what_another_has() {
    assertThat(one.acquire(NOW, TIME)).isTrue();
    assertThat(two.acquire(NOW.plus(TIME), TIME)).isTrue();
    one.release();
    assertThat(two.renew(NOW.plus(TIME).plusSeconds(1), TIME)).isTrue();
  }

  @Test
  void a_node_that_crashed_takes_its_own_at_once_and_fences_its_past_off() {
    assertThat(one.acquire(NOW, TIME)).isTrue();
    Lease restarted = node("one");
    assertThat(restarted.acquire(NOW.plusSeconds(1), TIME)).isTrue();
    assertThat(one.renew(NOW.plusSeconds(2), TIME)).isFalse();
    assertThat(restarted.renew(NOW.plusSeconds(2), TIME)).isTrue();
  }

  @Test
  void what_only_the_active_node_may_write_is_fenced() {
    database.guard(one);
    try {
      assertThatThrownBy(() -> database.writeActive(em -> true)).isInstanceOf(LeaseLost.class);
      assertThat(one.acquire(NOW, TIME)).isTrue();
      assertThat(database.<Boolean>writeActive(em -> true)).isTrue();
      assertThat(two.acquire(NOW.plus(TIME), TIME)).isTrue();
      assertThatThrownBy(() -> database.writeActive(em -> true)).isInstanceOf(LeaseLost.class);
    } finally {
      database.guard(Fence.NONE);
    }
  }

  @Test
  void of_many_nodes_that_want_it_at_once_one_gets_it() throws Exception {
    int nodes = 4;
    for (int round = 0; round < 5; round++) {
      backend.cleared(); // they race for the row, too
      CyclicBarrier together = new CyclicBarrier(nodes);
      ExecutorService threads = Executors.newFixedThreadPool(nodes);
      try {
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
          Lease node = node("node" + i);
          tries.add(
              threads.submit(
                  () -> {
                    together.await(30, TimeUnit.SECONDS);
                    return node.acquire(NOW, TIME);
                  }));
        }
        int got = 0;
        for (Future<Boolean> one : tries) {
          got += one.get(30, TimeUnit.SECONDS) ? 1 : 0;
        }
        assertThat(got).isEqualTo(1);
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
