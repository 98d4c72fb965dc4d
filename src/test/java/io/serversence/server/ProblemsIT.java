package io.serversence.server;

import static io.serversence.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be done is answered in one form, and one fault hides the others in one order. */
@ExtendWith(RunningServer.class)
@ExtendWith(PeopledServer.class)
class ProblemsIT {
  private static final String JSON = "application/json";
  private static final int MIB = 1024 * 1024;

  private final Api admin;
  private final Server closed;
  private final People people;

  ProblemsIT(Server server, People people) {
    this.admin = server.admin();
    this.closed = server;
    this.people = people;
  }

  @Test
  void an_unknown_path_under_api_is_not_found() {
    for (String path :
        new String[] {
          "/api/nothing",
          "/api/monitors/a/b/c",
          "/api/incidents/x/y",
          "/api/Monitors",
          "/api/session/x",
          "/api/"
        }) {
      assertProblem(admin.get(path), 404);
      assertProblem(admin.send("POST", path, JSON, "{}"), 404);
    }
  }

  @Test
  void a_method_that_a_path_does_not_have_is_named_with_those_it_has() {
    assertMethods("DELETE", "/api/status", "GET");
    assertMethods("PUT", "/api/monitors", "GET", "POST");
    assertMethods("POST", "/api/monitors/none", "GET", "PUT", "PATCH", "DELETE");
    assertMethods("PATCH", "/api/incidents", "GET");
    assertMethods("GET", "/api/monitors/none/probe", "POST");
    assertMethods("PUT", "/api/session", "GET", "POST", "DELETE");
    assertMethods("BREW", "/api/status", "GET");
  }

  private void assertMethods(String method, String path, String... allowed) {
    Answer answer = admin.bare(method, path);
    assertProblem(answer, 405);
    assertThat(answer.header("Allow").split(",\\s*", -1)).as(path).contains(allowed);
  }

  @Test
  void paths_outside_api_answer_in_the_same_form() {
    assertProblem(admin.bare("DELETE", "/metrics"), 405);
    assertProblem(admin.send("POST", "/health/ready", JSON, "{}"), 405);
    assertProblem(admin.get("/nothing"), 404);
    // refused before the application is asked, in a form that is the server's
    assertThat(admin.get("/WEB-INF/web.xml").status()).isEqualTo(404);
  }

  @Test
  void a_body_of_more_than_a_mebibyte_is_too_large_whether_its_length_is_known_or_not() {
    byte[] large = new byte[MIB + 1];
    Arrays.fill(large, (byte) ' ');
    for (String path : new String[] {"/api/monitors", "/api/monitors/test", "/api/session"}) {
      var known =
          admin.request(path).header("Content-Type", JSON).POST(BodyPublishers.ofByteArray(large));
      assertProblem(admin.send(known.build()), 413);
      var chunked =
          admin
              .request(path)
              .header("Content-Type", JSON)
              .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
      assertProblem(admin.send(chunked.build()), 413);
    }
    assertThat(admin.get("/api/status").status()).isEqualTo(200);
  }

  @Test
  void a_body_of_just_a_mebibyte_is_read() {
    String start = "{\"colour\":\"";
    String body = start + "x".repeat(MIB - start.length() - 2) + "\"}";

    assertProblem(admin.send("POST", "/api/monitors", JSON, body), 400, "colour", "name");
  }

  @Test
  void a_body_of_another_kind_is_not_read() {
    for (String type :
        new String[] {
          "text/plain",
          "application/xml",
          "application/x-www-form-urlencoded",
          "application/json; charset=utf-16",
          "application/merge-patch+json",
          "application/jsonx"
        }) {
      assertProblem(admin.send("POST", "/api/monitors", type, "{}"), 415);
    }
    assertProblem(admin.bare("POST", "/api/monitors"), 415);
    assertProblem(admin.send("POST", "/api/monitors", JSON, "{}", "Content-Encoding", "gzip"), 415);
    for (String type : new String[] {"application/json;charset=UTF-8", "Application/JSON"}) {
      assertProblem(admin.send("POST", "/api/monitors", type, "{}"), 400, "name", "target");
    }
  }

  @Test
  void the_first_fault_in_the_order_of_the_contract_is_the_answer() {
    String none = "/api/monitors/none?colour=red";
    String text = "text/plain";
    // everything is wrong with each of these requests, up to what is mended one by one
    assertProblem(closed.anyone().send("PUT", none, text, "{", "If-Match", "x"), 401);
    assertProblem(people.viewer().send("PUT", none, text, "{", "If-Match", "x"), 403);
    assertProblem(admin.send("PUT", none, text, "{", "If-Match", "x"), 404);
    new Monitors(admin).add(Wanted.heartbeat("ordered", "1h").build());
    String there = "/api/monitors/ordered";
    assertProblem(admin.send("PUT", there + "?colour=red", text, "{", "If-Match", "\"9\""), 415);
    assertProblem(
        admin.send("PUT", there + "?colour=red", JSON, " ".repeat(MIB + 1), "If-Match", "\"9\""),
        413);
    assertProblem(admin.send("PUT", there, JSON, "{", "If-Match", "\"9\""), 400);
    assertProblem(admin.send("PUT", there + "?colour=red", JSON, "{}"), 400, "colour");
    String valid = Wanted.heartbeat("ordered", "1h").build().toString();
    assertProblem(admin.send("PUT", there, JSON, valid, "If-Match", "\"9\""), 412);
  }
}
