package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No input is answered by a failure: thousands of requests, each with one thing wrong, made of the
 * OpenAPI document and of tables of values that have brought down others.
 */
@ExtendWith(RunningServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private static final int AT_ONCE = 3;
  private static final int LEAST = 2_000;

  /** One in so many of all requests is made; all of them, with 1, take minutes. */
  private static final int EVERY = Integer.getInteger("bad.input.every", 19);

  private final Server server;
  private final Api admin;
  private final Described described;
  private final String context;
  private final BadInputThings things;
  private final int faultsBefore;
  private final String headers;
  private final ConcurrentMap<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> byContainer = new ConcurrentHashMap<>();

  BadInputIT(Server server) {
    this.server = server;
    this.admin = server.admin();
    this.described = new Described(admin.get("/api/openapi.json").json());
    this.things = new BadInputThings(admin);
    this.context = server.base().getPath().replaceAll("/$", "");
    this.faultsBefore = server.log().faults().size();
    String pair = "admin:" + ServerPlan.PASSWORD;
    this.headers =
        "Host: 127.0.0.1:"
            + server.port()
            + "\r\nAuthorization: Basic "
            + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
            + "\r\n";
  }

  @BeforeAll
  void there_is_something_of_each_kind() {
    Monitors monitors = new Monitors(admin);
    for (JsonObject monitor : documents("Monitor")) {
      monitors.add(Json.createObjectBuilder(monitor).add("id", id(monitor)).build());
    }
    things.add();
  }

  /** What is left after thousands of bad requests is a server that works. */
  @AfterAll
  void it_works_as_before() {
    int all = statuses.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("Bad input: " + all + " requests, answered " + new TreeMap<>(statuses));
    System.out.println("Answered by the server itself: " + new TreeMap<>(byContainer));
    things.remove();
    for (JsonObject monitor : documents("Monitor")) {
      assertThat(admin.delete("/api/monitors/" + id(monitor)).status()).isEqualTo(204);
    }
    assertThat(all).isGreaterThanOrEqualTo(LEAST);
    assertThat(server.anyone().get("/health/ready").status()).isEqualTo(200);
    List<String> faults = server.log().faults();
    assertThat(faults.subList(faultsBefore, faults.size())).isEmpty();
  }

  /** All valid documents with a schema, one for each alternative in it. */
  private List<JsonObject> documents(String schema) {
    return described.valid("", schema(schema)).stream().map(JsonValue::asJsonObject).toList();
  }

  private JsonObject schema(String name) {
    return described
        .document()
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject(name);
  }

  /** The key of the monitor that was made of a document. */
  private static String id(JsonObject monitor) {
    JsonObject target = monitor.getJsonObject("target");
    String auth =
        target.containsKey("auth")
            ? "-" + target.getJsonObject("auth").keySet().iterator().next()
            : "";
    return "fuzzed-" + target.getString("type") + auth;
  }

  private String head(String method, String path, String type) {
    return method
        + " "
        + context
        + path
        + " HTTP/1.1\r\n"
        + headers
        + "Content-Type: "
        + type
        + "\r\n";
  }

  @Test
  void every_field_of_a_new_monitor() {
    List<BadRequest> requests = new ArrayList<>();
    String head = head("POST", "/api/monitors", "application/json");
    BadBodies bodies =
        new BadBodies(described, "POST /api/monitors", head, schema("Monitor"), true);
    documents("Monitor").forEach(monitor -> requests.addAll(bodies.from(monitor)));
    requests.addAll(bodies.wholes());

    assertAnswered(requests);
  }

  @Test
  void every_field_of_a_replaced_and_of_a_patched_monitor() {
    List<BadRequest> requests = new ArrayList<>();
    for (String method : new String[] {"PUT", "PATCH"}) {
      BadBodies bodies = null;
      for (JsonObject monitor : documents("Monitor")) {
        String path = "/api/monitors/" + id(monitor);
        String type = method.equals("PUT") ? "application/json" : "application/merge-patch+json";
        JsonObject named = Json.createObjectBuilder(monitor).add("id", id(monitor)).build();
        bodies =
            new BadBodies(
                described, method + " " + path, head(method, path, type), schema("Monitor"), false);
        requests.addAll(bodies.from(named));
      }
      requests.addAll(bodies.wholes());
    }

    assertAnswered(requests);
  }

  @Test
  void every_field_of_a_monitor_that_is_tried_out() {
    List<BadRequest> requests = new ArrayList<>();
    String head = head("POST", "/api/monitors/test", "application/json");
    BadBodies bodies =
        new BadBodies(described, "POST /api/monitors/test", head, schema("Monitor"), false);
    documents("Monitor").forEach(monitor -> requests.addAll(bodies.from(monitor)));
    requests.addAll(bodies.wholes());

    assertAnswered(requests);
  }

  @Test
  void every_field_of_every_other_operation() {
    TargetFarm farm = new TargetFarm();
    try (farm) {
      farm.fail("/fuzzed");
      Monitors monitors = new Monitors(admin);
      monitors.add(Wanted.quick(Wanted.http("fuzzed", farm.url("/fuzzed"))));
      String incident = monitors.awaitIncident("fuzzed");
      List<BadRequest> requests = new ArrayList<>();
      described
          .document()
          .getJsonObject("paths")
          .forEach(
              (path, item) ->
                  item.asJsonObject()
                      .forEach(
                          (method, operation) -> {
                            if (!path.startsWith("/api/monitors")
                                && operation.asJsonObject().containsKey("requestBody")) {
                              requests.addAll(
                                  bodies(
                                      method.toUpperCase(Locale.ROOT),
                                      things.path(path, incident),
                                      operation.asJsonObject()));
                            }
                          }));

      assertAnswered(requests);
      monitors.remove("fuzzed");
    }
  }

  private List<BadRequest> bodies(String method, String path, JsonObject operation) {
    JsonObject content = operation.getJsonObject("requestBody").getJsonObject("content");
    String type = content.keySet().iterator().next();
    JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
    BadBodies bodies =
        new BadBodies(described, method + " " + path, head(method, path, type), schema, true);
    List<BadRequest> requests = new ArrayList<>(bodies.wholes());
    described
        .valid("", schema)
        .forEach(valid -> requests.addAll(bodies.from(valid.asJsonObject())));
    return path.startsWith("/api/config")
        ? requests.stream().map(BadInputIT::asYaml).toList()
        : requests;
  }

  /** What is no character makes a whole YAML document unreadable, but is one in JSON. */
  private static BadRequest asYaml(BadRequest request) {
    return request.name().endsWith("no character")
        ? new BadRequest(request.name(), request.bytes(), BadRequest.Must.REFUSE, "")
        : request;
  }

  @Test
  void every_parameter_of_every_operation() {
    List<BadRequest> requests = new ArrayList<>();
    BadLines lines = new BadLines(context, headers);
    described
        .document()
        .getJsonObject("paths")
        .forEach(
            (path, item) -> {
              JsonObject get = item.asJsonObject().getJsonObject("get");
              boolean strict =
                  get != null
                      && path.startsWith("/api/")
                      && !path.startsWith("/api/heartbeats")
                      && !path.equals("/api/events")
                      && !path.contains("/incidents/{id}");
              if (strict) {
                String there = things.path(path, "");
                JsonArray parameters = get.getJsonArray("parameters");
                for (JsonObject p : parameters.getValuesAs(JsonObject.class)) {
                  if (p.getString("in").equals("query")) {
                    requests.addAll(
                        lines.parameter(there, p.getString("name"), p.getJsonObject("schema")));
                  }
                }
                requests.addAll(lines.unknownParameters(there));
              }
            });

    assertAnswered(requests);
  }

  @Test
  void paths_that_lead_nowhere() {
    boolean escapes = server.kind().understandsEscapes();
    BadLines lines = new BadLines(context, headers, escapes);
    List<BadRequest> requests = new ArrayList<>(lines.paths("GET"));
    requests.addAll(lines.paths("DELETE"));
    requests.addAll(lines.requestLines());

    assertAnswered(requests);
  }

  @Test
  void no_path_leads_past_the_gate() {
    String nobody = "Host: 127.0.0.1:" + server.port() + "\r\n";
    BadLines lines = new BadLines(context, nobody, server.kind().understandsEscapes());
    Queue<String> open = new ConcurrentLinkedQueue<>();

    assertAnswered(
        lines.paths("GET"),
        (request, answer) -> {
          boolean page = answer.body().contains("<title>") || answer.body().startsWith("/*");
          // Payara fails on some of them before any application is asked, and answers nothing by
          // 200.
          boolean ours =
              !answer.body().isEmpty() || !answer.header("X-Content-Type-Options").isEmpty();
          if (answer.status() / 100 == 2
              && ours
              && !page
              && !answer.body().contains("\"checks\"")) {
            open.add(request.name() + ": " + answer.body());
          }
        });

    assertThat(open).isEmpty();
  }

  @Test
  void headers_that_cannot_be_understood() {
    BadLines lines = new BadLines(context, headers);
    List<BadRequest> requests = new ArrayList<>();
    for (String path : List.of("/api/monitors", "/api/events", "/metrics", "/health/ready", "/")) {
      requests.addAll(lines.headers(path));
    }

    assertAnswered(requests);
  }

  /** Told of every request and its answer. */
  private interface Told {
    void of(BadRequest request, Answer answer);
  }

  private void assertAnswered(List<BadRequest> requests) {
    assertAnswered(requests, (request, answer) -> {});
  }

  private void assertAnswered(List<BadRequest> all, Told told) {
    List<BadRequest> requests =
        IntStream.range(0, all.size()).filter(i -> i % EVERY == 0).mapToObj(all::get).toList();
    Queue<BadRequest> waiting = new ConcurrentLinkedQueue<>(requests);
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        ends.add(threads.submit(() -> send(waiting, faults, told)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
    assertThat(faults).as(faults.size() + " of " + requests.size()).isEmpty();
  }

  private void send(Queue<BadRequest> waiting, Queue<String> faults, Told told) {
    try (RawConnection connection = new RawConnection(server.port())) {
      for (BadRequest next = waiting.poll(); next != null; next = waiting.poll()) {
        Answer answer;
        try {
          answer = connection.ask(next.bytes(), !next.name().startsWith("HEAD "));
        } catch (IOException e) {
          faults.add(next.name() + ": " + e);
          continue;
        }
        statuses.merge(answer.status(), 1, Integer::sum);
        if (BadRequest.byContainer(answer)) {
          byContainer.merge(answer.status() + " " + answer.header("Content-Type"), 1, Integer::sum);
        }
        next.fault(answer).ifPresent(faults::add);
        told.of(next, answer);
        removeCreated(connection, answer);
      }
    }
  }

  /** What happened to be valid must not be in the way of the next. */
  private void removeCreated(RawConnection connection, Answer answer) {
    String location = answer.header("Location");
    if (answer.status() == 201 && !location.isEmpty()) {
      String path = URI.create(location).getRawPath();
      try {
        connection.ask(
            ("DELETE " + path + " HTTP/1.1\r\n" + headers + "\r\n").getBytes(UTF_8), true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
