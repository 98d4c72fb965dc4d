package io.serversence.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final Memo<String, Integer> memo = new Memo<>(Duration.ofSeconds(1), 2, nanos::get);

  @Test
  void it_finds_out_once_while_that_is_fresh() throws TimeoutException {
    assertThat(memo.get("a", made::incrementAndGet)).isEqualTo(1);
    assertThat(memo.get("a", made::incrementAndGet)).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(memo.get("a", made::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void a_failure_is_not_remembered() throws TimeoutException {
    assertThatThrownBy(
            () ->
                memo.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(memo.get("a", made::incrementAndGet)).isEqualTo(1);
  }

  @Test
  void it_holds_no_more_keys_than_it_may() throws TimeoutException {
    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(memo.get(key, made::incrementAndGet)).isEqualTo(made.get());
    }
    assertThat(memo.get("c", made::incrementAndGet)).isEqualTo(3);
    assertThat(memo.get("a", made::incrementAndGet)).isEqualTo(4);
  }

  @Test
  void who_comes_meanwhile_gets_what_was_known_or_waits_where_nothing_was() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    assertThat(memo.get("known", () -> 7)).isEqualTo(7);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    CompletableFuture<Integer> slow =
        CompletableFuture.supplyAsync(() -> slowly("known", begun, go));
    begun.await();
    assertThat(memo.get("known", made::incrementAndGet)).isEqualTo(7);
    go.countDown();
    assertThat(slow.get()).isEqualTo(8);
    assertThat(memo.get("known", made::incrementAndGet)).isEqualTo(8);
    assertThat(made).hasValue(0);
  }

  @Test
  void what_is_long_over_is_told_to_nobody() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    assertThat(memo.get("old", () -> 7)).isEqualTo(7);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> slowly("old", begun, go));
    begun.await();
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> slowly("old", begun, go));
    go.countDown();
    assertThat(other.get()).isEqualTo(8);
    assertThat(slow.get()).isEqualTo(8);
  }

  private int slowly(String key, CountDownLatch begun, CountDownLatch go) {
    try {
      return memo.get(
          key,
          () -> {
            begun.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return 8;
          });
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
