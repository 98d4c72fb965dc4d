package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final List<String> started = new ArrayList<>();

  @Test
  void beyond_the_bound_the_oldest_waits_first_in_line() {
    Admission admission = new Admission(2, 2);
    for (String name : List.of("a", "b", "c", "d")) {
      admission.enter("h" + name, () -> started.add(name));
    }
    assertThat(started).containsExactly("a", "b");
    assertThat(admission.waiting()).isEqualTo(2);
    admission.leave("ha");
    assertThat(started).containsExactly("a", "b", "c");
    admission.leave("hc");
    admission.leave("hb");
    assertThat(started).containsExactly("a", "b", "c", "d");
    admission.leave("hd");
    assertThat(admission.running()).isZero();
  }

  @Test
  void one_slow_host_does_not_keep_the_others_out() {
    Admission admission = new Admission(10, 2);
    for (int i = 0; i < 5; i++) {
      admission.enter("slow", () -> started.add("slow"));
    }
    admission.enter("quick", () -> started.add("quick"));
    assertThat(started).containsExactly("slow", "slow", "quick");
    admission.leave("slow");
    assertThat(started).endsWith("slow").hasSize(4);
  }

  @Test
  void everything_that_enters_runs_once_and_the_bounds_hold() {
    Random random = new Random(42);
    Admission admission = new Admission(7, 3);
    List<String> running = new ArrayList<>();
    int[] runs = {0};
    for (int i = 0; i < 10_000; i++) {
      if (random.nextBoolean()) {
        String host = "h" + random.nextInt(6);
        admission.enter(
            host,
            () -> {
              running.add(host);
              runs[0]++;
            });
      } else if (!running.isEmpty()) {
        String host = running.remove(random.nextInt(running.size()));
        admission.leave(host);
      }
      assertThat(running.size()).isEqualTo(admission.running()).isLessThanOrEqualTo(7);
      assertThat(running.stream().filter("h1"::equals).count()).isLessThanOrEqualTo(3);
    }
    while (!running.isEmpty()) {
      admission.leave(running.remove(0));
    }
    assertThat(admission.waiting()).isZero();
    assertThat(admission.running()).isZero();
    assertThat(runs[0]).isGreaterThan(4_000);
  }
}
