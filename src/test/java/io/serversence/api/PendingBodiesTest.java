package io.serversence.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.document.MeterWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies are read as they come, and the oldest gives way where there are too many. */
class PendingBodiesTest {
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final PendingBodies bodies =
      new PendingBodies() {
        @Override
        void later(int millis, Runnable what) {
          later.add(what);
        }
      };

  /** Some milliseconds later. */
  private void goOn() {
    for (int due = later.size(); due > 0; due--) {
      later.remove().run();
    }
  }

  private FakeUpload open() throws IOException {
    return new FakeUpload(bodies, "HTTP/1.1");
  }

  private static byte[] text(HttpServletRequest request) throws IOException {
    return request.getInputStream().readAllBytes();
  }

  @Test
  void a_body_that_comes_in_pieces_is_put_together() throws IOException {
    FakeUpload upload = open();
    upload.comes("{\"a\"".getBytes(UTF_8));
    goOn();
    assertThat(upload.dispatched()).isZero();
    upload.comes(":1}".getBytes(UTF_8));
    upload.ends();

    goOn();
    assertThat(upload.dispatched()).isEqualTo(1);
    assertThat(upload.body().end()).isEqualTo(PendingBody.End.READ);
    HttpServletRequest received = upload.body().received(upload.request());
    assertThat(text(received)).asString(UTF_8).isEqualTo("{\"a\":1}");
    assertThat(received.getContentLengthLong()).isEqualTo(7);
    assertThat(received.getRequestURI()).isEqualTo("/api/x%20y");
  }

  @Test
  void of_one_that_is_too_large_only_that_is_kept() throws IOException {
    FakeUpload upload = open();
    upload.comes(new byte[Body.MOST]);
    assertThat(figure("serversence_request_body_bytes")).isGreaterThanOrEqualTo(Body.MOST);
    upload.comes(new byte[1]);
    assertThat(figure("serversence_request_body_bytes")).isZero();
    upload.ends();

    HttpServletRequest received = upload.body().received(upload.request());
    assertThat(received.getContentLengthLong()).isEqualTo(Body.MOST + 1);
    assertThat(text(received)).hasSizeGreaterThan(Body.MOST);
  }

  @Test
  void one_without_end_is_cut() throws IOException {
    FakeUpload upload = open();
    upload.comes(new byte[(int) PendingBody.MOST_DISCARDED]);
    assertThat(upload.body().end()).isNull();
    upload.comes(new byte[1]);

    assertThat(upload.body().end()).isEqualTo(PendingBody.End.CUT);
  }

  @Test
  void beyond_the_limit_the_oldest_gives_way() throws IOException {
    List<FakeUpload> all = new ArrayList<>();
    for (int i = 0; i < PendingBodies.MOST; i++) {
      all.add(open());
    }
    assertThat(all).allMatch(upload -> upload.body().end() == null);
    all.get(0).comes(new byte[10]);

    all.add(open());

    assertThat(all.get(0).body().end()).isEqualTo(PendingBody.End.CROWDED);
    goOn();
    assertThat(all.get(0).dispatched()).isEqualTo(1);
    assertThat(all.subList(1, all.size())).allMatch(upload -> upload.body().end() == null);
    assertThat(figure("serversence_request_bodies")).isEqualTo(PendingBodies.MOST);
    assertThat(figure("serversence_request_body_bytes")).isZero();
    assertThat(figure("serversence_request_bodies_refused_total crowded")).isEqualTo(1);
  }

  @Test
  void where_memory_is_short_the_oldest_gives_way_too() throws IOException {
    List<FakeUpload> all = new ArrayList<>();
    for (long bytes = 0; bytes < PendingBodies.MOST_BYTES; bytes += Body.MOST) {
      FakeUpload upload = open();
      upload.comes(new byte[Body.MOST]);
      all.add(upload);
    }
    assertThat(all).allMatch(upload -> upload.body().end() == null);

    FakeUpload small = open();
    small.comes(new byte[1]);
    small.ends();

    assertThat(all.get(0).body().end()).isEqualTo(PendingBody.End.CROWDED);
    assertThat(all.subList(1, all.size())).allMatch(upload -> upload.body().end() == null);
    assertThat(small.body().end()).isEqualTo(PendingBody.End.READ);
  }

  @Test
  void one_that_does_not_come_is_late() throws IOException {
    FakeUpload upload = open();
    upload.comes(new byte[100]);
    long now = System.nanoTime();

    bodies.sweep(now + 9_000_000_000L);
    assertThat(upload.body().end()).isNull();
    bodies.sweep(now + 10_100_000_000L);
    assertThat(upload.body().end()).isEqualTo(PendingBody.End.LATE);
    goOn();
    assertThat(upload.dispatched()).isEqualTo(1);
  }

  @Test
  void over_http_2_one_that_is_given_up_is_answered_when_the_rest_has_come() throws IOException {
    FakeUpload upload = new FakeUpload(bodies, "HTTP/2.0");
    upload.comes(new byte[100]);
    upload.body().end(PendingBody.End.LATE);
    upload.comes(new byte[1000]);
    goOn();
    assertThat(upload.dispatched()).isZero();
    assertThat(upload.isReady()).as("the rest is taken off the line").isFalse();
    assertThat(figure("serversence_request_bodies")).isZero();
    assertThat(figure("serversence_request_body_bytes")).isZero();

    upload.ends();

    goOn();
    assertThat(upload.dispatched()).isEqualTo(1);
    assertThat(upload.body().end()).isEqualTo(PendingBody.End.LATE);
  }

  @ParameterizedTest
  @CsvSource({
    "/api, /monitors/x, /api/monitors/x",
    "/api, /monitors/ü x, /api/-",
    "/api, /monitors/a%2Fb, /api/-",
    "/api, /../metrics, /api/-",
    "/api, /a?b=c, /api/-",
    "/api, /a//b, /api/-",
    "/metrics, , /metrics",
    "/, , /",
    "/a b.css, , /-"
  })
  void it_goes_on_by_a_path_that_no_server_reads_otherwise(
      String servlet, @Nullable String info, String dispatched) {
    RequestTarget target = new RequestTarget("", "", null, servlet, info);
    assertThat(target.dispatched()).isEqualTo(dispatched);
  }

  @Test
  void what_was_read_is_held_until_it_is_used() throws IOException {
    FakeUpload upload = open();
    upload.comes(new byte[100]);
    upload.ends();
    assertThat(figure("serversence_request_bodies")).isZero();
    assertThat(figure("serversence_request_body_bytes")).isPositive();

    bodies.release(upload.body());
    bodies.release(upload.body());

    assertThat(figure("serversence_request_body_bytes")).isZero();
  }

  @Test
  void a_body_that_has_come_as_a_whole_is_not_asked_for_more() throws IOException {
    FakeUpload upload = open();
    upload.comes(new byte[5]);
    upload.comesLast(new byte[20_000]);

    goOn();
    assertThat(upload.body().end()).isEqualTo(PendingBody.End.READ);
    assertThat(upload.dispatched()).isEqualTo(1);
    assertThat(text(upload.body().received(upload.request()))).hasSize(20_005);
  }

  @Test
  void an_end_that_is_told_too_early_cuts_nothing_off() throws IOException {
    FakeUpload upload = open();
    upload.comes(new byte[5]);
    upload.endsBefore(new byte[6]);

    assertThat(upload.body().end()).isEqualTo(PendingBody.End.READ);
    assertThat(text(upload.body().received(upload.request()))).hasSize(11);
  }

  @Test
  void it_goes_on_only_when_the_first_thread_has_left() throws IOException {
    FakeUpload upload = open();
    upload.firstThreadStays(true);
    upload.comesLast(new byte[5]);
    goOn();
    goOn();
    assertThat(upload.dispatched()).isZero();

    upload.firstThreadStays(false);
    goOn();
    assertThat(upload.dispatched()).isEqualTo(1);
  }

  @Test
  void a_request_that_does_not_come_back_is_answered_and_forgotten() throws IOException {
    FakeUpload upload = open();
    upload.comesLast(new byte[5]);
    goOn();
    long now = System.nanoTime();
    bodies.sweep(now + 29_000_000_000L);
    assertThat(upload.answered()).isZero();
    bodies.sweep(now + 30_100_000_000L);

    assertThat(upload.answered()).isEqualTo(503);
    assertThat(upload.body().onward().take()).as("a dispatch that comes late is let go").isFalse();
    assertThat(figure("serversence_request_body_bytes")).isZero();
    assertThat(figure("serversence_request_bodies_refused_total lost")).isEqualTo(1);
  }

  @Test
  void a_request_that_takes_long_is_not_lost() throws IOException {
    FakeUpload upload = open();
    upload.comesLast(new byte[5]);
    goOn();
    assertThat(upload.body().onward().take()).isTrue();

    bodies.sweep(System.nanoTime() + 60_000_000_000L);

    assertThat(upload.answered()).isZero();
    assertThat(figure("serversence_request_body_bytes")).isPositive();
  }

  @Test
  void it_ends_but_once() throws IOException {
    FakeUpload upload = open();
    upload.body().end(PendingBody.End.LATE);
    upload.comes(new byte[100]);
    upload.ends();
    upload.body().onError(new IOException("gone"));

    assertThat(upload.body().end()).isEqualTo(PendingBody.End.LATE);
    goOn();
    assertThat(upload.dispatched()).isEqualTo(1);
    assertThat(figure("serversence_request_bodies_refused_total late")).isEqualTo(1);
    assertThat(figure("serversence_request_bodies_refused_total gone")).isZero();
  }

  private double figure(String name) {
    Map<String, Double> figures = new HashMap<>();
    bodies.write(
        new MeterWriter() {
          @Override
          public void counter(String n, String help, double value, String... labels) {
            figures.put(n + " " + labels[1], value);
          }

          @Override
          public void gauge(String n, String help, double value, String... labels) {
            figures.put(n, value);
          }

          @Override
          public void histogram(
              String n, String help, double[] bounds, long[] counts, double sum, String... labels) {
            throw new UnsupportedOperationException();
          }
        });
    return figures.get(name);
  }
}
