package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever sends half of a body waits by himself. */
@ExtendWith(RunningServer.class)
class UnfinishedBodiesIT {
  /** More than the servers have threads for requests. */
  private static final int SLOW = 100;

  /** So many are read by a thread that waits. */
  static final int WAITING = 4;

  private static final String AWAITED = "serversence_request_bodies";
  private static final String GONE = "serversence_request_bodies_refused_total{reason=\"gone\"}";
  private static final String LATE = "serversence_request_bodies_refused_total{reason=\"late\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private final Server server;
  private final int faultsBefore;

  UnfinishedBodiesIT(Server server) {
    this.server = server;
    this.faultsBefore = server.log().faults().size();
  }

  @AfterEach
  void the_log_has_no_stack_trace_of_it() {
    List<String> faults = server.log().faults();
    assertThat(faults.subList(faultsBefore, faults.size())).isEmpty();
  }

  private void awaitAwaited(int count) {
    Await.until(
        count + " bodies are awaited", PATIENCE, () -> Metrics.of(server, AWAITED) >= count);
  }

  private void awaitNothingHeld() {
    Await.until(
        "no memory is held",
        PATIENCE,
        () -> Metrics.of(server, "serversence_request_body_bytes") == 0);
  }

  /** Takes the threads that may wait, so that other bodies are read without one. */
  private List<SlowRequest> waiting() throws IOException {
    List<SlowRequest> all = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      all.add(new SlowRequest(server, "POST", "/api/session", "Content-Length: 100\r\n", "{"));
    }
    awaitAwaited(WAITING);
    return all;
  }

  private List<SlowRequest> slow(String headers, String begun) throws IOException {
    List<SlowRequest> all = new ArrayList<>();
    String[][] targets = {
      {"POST", "/api/session"},
      {"POST", "/api/heartbeats/nope"},
      {"POST", "/api/monitors"},
      {"PUT", "/api/monitors/x"},
      {"PATCH", "/api/none"}
    };
    for (int i = 0; i < SLOW; i++) {
      String[] target = targets[i % targets.length];
      all.add(new SlowRequest(server, target[0], target[1], headers, begun));
    }
    return all;
  }

  @Test
  void unfinished_bodies_keep_nobody_else_waiting_and_are_given_up() throws Exception {
    double late = Metrics.of(server, LATE);
    List<SlowRequest> slow = new ArrayList<>();
    List<SlowRequest> pages = new ArrayList<>();
    List<SlowRequest> waiting = waiting();
    try {
      slow.addAll(slow("Content-Length: 100\r\n", "{"));
      awaitAwaited(WAITING + SLOW);
      for (int i = 0; i < SLOW; i++) { // what is answered by others than JAX-RS
        pages.add(new SlowRequest(server, "GET", "/", "Content-Length: 100\r\n", "{"));
      }
      assertThat(server.anyone().get("/health/ready").status()).isEqualTo(200);
      assertThat(server.admin().get("/api/monitors").status()).isEqualTo(200);
      assertThat(server.anyone().post("/api/session", Login.admin()).status()).isEqualTo(204);
      assertProblem(server.anyone().send("POST", "/api/heartbeats/none", "x/y", "said"), 404);
      assertThat(server.admin().begin("/api/events").status()).isEqualTo(200);

      for (SlowRequest request : slow) {
        assertThat(request.status()).isEqualTo(408);
        assertThat(request.rest()).contains("\"status\":408").containsIgnoringCase(": close");
      }
      assertThat(Metrics.of(server, LATE)).isGreaterThanOrEqualTo(late + SLOW);
      awaitNothingHeld(); // those of pages may be later
    } finally {
      leave(pages);
      leave(slow);
      leave(waiting);
    }
  }

  @Test
  void who_leaves_in_the_middle_is_forgotten() throws Exception {
    double gone = Metrics.of(server, GONE);
    List<SlowRequest> slow = slow(CHUNKED, "3\r\n{\"u"); // a few of them with a thread
    awaitAwaited(SLOW);
    leave(slow);
    Await.until("they are noticed", PATIENCE, () -> Metrics.of(server, GONE) >= gone + SLOW);
    awaitNothingHeld();
    assertThat(server.anyone().get("/health/ready").status()).isEqualTo(200);
  }

  private static void leave(List<SlowRequest> requests) throws IOException {
    for (SlowRequest request : requests) {
      request.close();
    }
  }

  @Test
  void a_body_that_comes_in_pieces_is_answered_as_one_that_comes_at_once() throws Exception {
    sendInPieces(0);
    List<SlowRequest> waiting = waiting();
    try {
      sendInPieces(WAITING);
    } finally {
      leave(waiting);
    }
  }

  private void sendInPieces(int others) throws Exception {
    String body = Login.admin().toString();
    String length = "Content-Length: " + body.length() + "\r\n";
    Api nobody = server.anyone();
    Api admin = server.admin();
    List<Asked> all =
        List.of(
            new Asked(nobody, "POST", "/api/session"),
            new Asked(nobody, "POST", "/api/session?x=%C3%BC"),
            new Asked(nobody, "POST", "/api/monitors"),
            new Asked(admin, "POST", "/api/monitors"),
            new Asked(admin, "PUT", "/api/monitors/%C3%BC%20x%2525"),
            new Asked(admin, "POST", "/api/monitors/%C3%BC/probe?evidence=true"),
            new Asked(admin, "POST", "/api/none"),
            new Asked(admin, "PUT", "/api/session"));
    for (Asked asked : all) {
      int atOnce = asked.api.send(asked.method, asked.path, "application/json", body).status();
      for (boolean chunked : new boolean[] {true, false}) {
        String first = chunked ? Integer.toHexString(body.length()) + "\r\n" : "";
        String headers = asked.authorization() + (chunked ? CHUNKED : length);
        try (SlowRequest request =
            new SlowRequest(
                server, asked.method, asked.path, headers, first + body.substring(0, 5))) {
          awaitAwaited(others + 1);
          request.send(body.substring(5) + (chunked ? "\r\n0\r\n\r\n" : ""));
          assertThat(request.status()).as(asked.method + " " + asked.path).isEqualTo(atOnce);
        }
      }
    }
  }

  private record Asked(Api api, String method, String path) {
    String authorization() {
      String given = api.authorization();
      return given == null ? "" : "Authorization: " + given + "\r\n";
    }
  }

  private Answer signIn(int spaces) {
    byte[] body = (Login.admin() + " ".repeat(spaces)).getBytes(UTF_8);
    return server
        .anyone()
        .send(
            server
                .anyone()
                .request("/api/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());
  }

  @Test
  void large_and_chunked_bodies_are_read_up_to_the_limit() throws IOException {
    sendLarge();
    List<SlowRequest> waiting = waiting();
    try {
      sendLarge();
    } finally {
      leave(waiting);
    }
  }

  private void sendLarge() {
    assertThat(signIn(0).status()).isEqualTo(204);
    assertThat(signIn(1_000_000).status()).isEqualTo(204);
    assertProblem(signIn(1_100_000), 413);
    assertProblem(
        server.anyone().send("POST", "/api/session", "application/json", " ".repeat(1_100_000)),
        413);
    assertThat(server.anyone().post("/api/session", Json.createObjectBuilder().build()).status())
        .isEqualTo(400);
  }
}
