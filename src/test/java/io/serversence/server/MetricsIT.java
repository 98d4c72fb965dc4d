package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prometheus can read what it is told, and is told what the contract says. */
@ExtendWith(RunningServer.class)
class MetricsIT {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
  private static final Pattern LINE =
      Pattern.compile("(" + NAME + ")(\\{(.*)})? ([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|NaN|[+-]Inf)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\",?");

  private final Server server;
  private final Api admin;
  private final Monitors monitors;

  MetricsIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.monitors = new Monitors(admin);
  }

  private record Measured(String name, Map<String, String> labels, double value) {}

  /** Reads the text format 0.0.4 strictly; fails where it is not kept. */
  private static List<Measured> parsed(String text) {
    assertThat(text).endsWith("\n");
    List<Measured> all = new ArrayList<>();
    Map<String, String> types = new HashMap<>();
    Set<String> helped = new HashSet<>();
    Set<String> closed = new HashSet<>();
    Set<String> series = new HashSet<>();
    String family = "";
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches()) {
        String name = comment.group(2);
        if (!name.equals(family)) {
          assertThat(closed.add(name)).as("all of a name are together: " + line).isTrue();
          family = name;
        }
        if (comment.group(1).equals("HELP")) {
          assertThat(helped.add(name)).as(line).isTrue();
        } else {
          assertThat(comment.group(3)).isIn("counter", "gauge", "histogram");
          assertThat(types.put(name, comment.group(3))).as(line).isNull();
        }
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      String name = matcher.group(1);
      boolean histogram = "histogram".equals(types.get(family));
      assertThat(histogram ? name.replaceFirst("_(bucket|sum|count)$", "") : name)
          .as("under its name: " + line)
          .isEqualTo(family);
      assertThat(series.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
      all.add(new Measured(name, labels(matcher.group(3), line), number(matcher.group(4))));
      if ("counter".equals(types.get(family))) {
        assertThat(name).as("a counter's name").endsWith("_total");
        assertThat(number(matcher.group(4))).as(line).isNotNegative();
      }
    }
    assertThat(types.keySet()).isEqualTo(helped);
    return all;
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new HashMap<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      int end = 0;
      while (label.find()) {
        assertThat(label.start()).as(line).isEqualTo(end);
        assertThat(labels.put(label.group(1), label.group(2))).as(line).isNull();
        end = label.end();
      }
      assertThat(end).as(line).isEqualTo(text.length());
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private List<Measured> now() {
    Answer answer = admin.get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").replace(" ", ""))
        .isEqualToIgnoringCase("text/plain;version=0.0.4;charset=utf-8");
    return parsed(answer.body());
  }

  private List<Measured> of(String name, String monitor) {
    return now().stream()
        .filter(m -> m.name().equals(name) && monitor.equals(m.labels().get("monitor")))
        .toList();
  }

  @Test
  void each_monitor_says_whether_it_is_up_how_fast_and_how_often_it_was_not() {
    monitors.add(Wanted.quick(Wanted.tcp("measured", server.port())));
    monitors.awaitState("measured", "UP");

    assertThat(of("serversence_monitor_up", "measured"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isEqualTo(1));
    assertThat(of("serversence_monitor_latency_seconds", "measured"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isBetween(1e-6, 10.0));
    assertThat(of("serversence_monitor_incidents_total", "measured"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isZero());
  }

  @Test
  void one_that_is_down_is_not_up_and_one_that_is_not_known_is_neither() {
    monitors.add(Wanted.quick(Wanted.tcp("measured-down", Ports.free())));
    monitors.add(Wanted.heartbeat("measured-never", "1h").build());
    monitors.awaitState("measured-down", "DOWN");

    assertThat(of("serversence_monitor_up", "measured-down"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isZero());
    assertThat(of("serversence_monitor_up", "measured-never")).isEmpty();
    Await.until( // it is counted every half a minute
        "the incident is counted",
        Duration.ofSeconds(45),
        () ->
            of("serversence_monitor_incidents_total", "measured-down").stream()
                .anyMatch(m -> m.value() == 1));
  }

  @Test
  void the_server_tells_of_itself() {
    List<Measured> all = now();

    assertThat(all)
        .extracting(Measured::name)
        .contains(
            "serversence_active",
            "serversence_probes_total",
            "serversence_probes_running",
            "serversence_probe_lateness_seconds_bucket",
            "serversence_probe_lateness_seconds_sum",
            "serversence_probe_lateness_seconds_count",
            "serversence_database_up",
            "serversence_recorder_waiting",
            "serversence_spool_bytes",
            "process_cpu_seconds_total")
        .allMatch(name -> name.matches("(serversence|process|jvm)_.*"));
    assertThat(all)
        .filteredOn(m -> m.name().equals("serversence_active"))
        .extracting(Measured::value)
        .containsExactly(1.0);
  }

  @Test
  void a_histogram_only_grows_and_ends_with_all() {
    List<Measured> all = now();
    List<Measured> buckets =
        all.stream()
            .filter(m -> m.name().equals("serversence_probe_lateness_seconds_bucket"))
            .toList();
    double count =
        all.stream()
            .filter(m -> m.name().equals("serversence_probe_lateness_seconds_count"))
            .mapToDouble(Measured::value)
            .sum();

    assertThat(buckets).extracting(Measured::value).isSorted();
    assertThat(buckets)
        .extracting(m -> number(m.labels().get("le")))
        .isSorted()
        .doesNotHaveDuplicates();
    Measured last = buckets.get(buckets.size() - 1);
    assertThat(last.labels().get("le")).isEqualTo("+Inf");
    assertThat(last.value()).isEqualTo(count);
  }
}
