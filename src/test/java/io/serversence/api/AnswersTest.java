package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serversence.access.Caller;
import io.serversence.access.Role;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorState;
import io.serversence.probe.ProbeDesk;
import io.serversence.probe.ProbeResult;
import io.serversence.stream.Board;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.Change;
import io.serversence.stream.EventStream;
import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources without a server: what they answer, and what they take from a request. */
@SuppressWarnings("UnnecessaryAssignment") // put together by hand, without a container
class AnswersTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");
  private final Schemas schemas = new Schemas(OpenApiResource.schemas().getJsonObject("schemas"));

  private static JsonObject entity(Response response) {
    return Json.parseObject((byte[]) response.getEntity());
  }

  private static BoardEntry entry(int n, String id, String group, String tag, MonitorState state) {
    JsonObject document =
        Json.object()
            .add("id", id)
            .add("name", "X")
            .add("group", group)
            .add("tags", Json.array().add(tag))
            .add("target", Json.object().add("type", "tcp").add("host", "a").add("port", 1))
            .build();
    Monitor monitor = MonitorDocument.read(document, null);
    return new BoardEntry(
        new ConfiguredMonitor(n, monitor, 1, false, AT, AT), state, AT, null, null, null, null);
  }

  /** A board that stands still. */
  private record StillStream(List<BoardEntry> entries) implements EventStream {
    @Override
    public void load(List<BoardEntry> loaded, List<Incident> ofChannels) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(List<Change> changes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Board board() {
      return new Board("e", 5, AT, entries, List.of());
    }

    @Override
    public Optional<BoardEntry> find(String id) {
      return entries.stream().filter(e -> e.monitor().id().equals(id)).findFirst();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group=&tag=|2|1",
        "group=g,x|1|0",
        "tag=t|2|1",
        "group=none|0|0",
        "group=h&tag=t|1|1"
      })
  void the_board_is_answered_as_its_schema_says(String query, int monitors, int down) {
    StatusResource resource = new StatusResource();
    resource.stream =
        new StillStream(
            List.of(
                entry(1, "a", "g", "t", MonitorState.UP),
                entry(2, "b", "h", "t", MonitorState.DOWN)));
    JsonObject answer =
        entity(resource.get(new FakeRequest().query(query, "group", "tag").asked()));
    assertThat(schemas.faults("Status", answer)).isEmpty();
    assertThat(answer.getJsonArray("monitors")).hasSize(monitors);
    assertThat(answer.getJsonObject("counts").getInt("DOWN")).isEqualTo(down);
    assertThat(answer.getJsonObject("counts")).hasSize(MonitorState.values().length);
    assertThat(answer.getInt("seq")).isEqualTo(5);
  }

  @Test
  void who_is_signed_in_is_answered_as_its_schema_says() {
    SessionResource resource = new SessionResource();
    Caller admin = new Caller("admin", Role.ADMIN, true);
    JsonObject answer = entity(resource.get(new FakeRequest().caller(admin).asked()));
    assertThat(schemas.faults("Session", answer)).isEmpty();
    assertThat(answer.getString("role")).isEqualTo("admin");
    Asked anonymous = new FakeRequest().caller(new Caller(null, Role.VIEWER, false)).asked();
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> resource.get(anonymous))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Refused.Reason.UNAUTHENTICATED));
  }

  /** Remembers beats. */
  private static final class BeatDesk implements ProbeDesk {
    final List<String> beats = new ArrayList<>();

    @Override
    public CompletionStage<ProbeResult> probeNow(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ProbeResult> test(Monitor monitor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void beat(String token, Beat beat, String message) {
      beats.add(token + " " + beat + " " + message);
    }
  }

  @Test
  void a_beat_is_answered_as_its_schema_says_and_keeps_what_can_be_kept() {
    HeartbeatsResource resource = new HeartbeatsResource();
    BeatDesk desk = new BeatDesk();
    resource.desk = desk;
    assertThat(schemas.faults("Beat", entity(resource.get("t")))).isEmpty();
    Asked asked = new FakeRequest().asked();
    resource.postFail("t", asked, FakeRequest.body(" a\0b\nc\u001b[0m "));
    byte[] broken = {'x', (byte) 0xff, 'y'};
    resource.postStart("t", asked, new ByteArrayInputStream(broken));
    resource.post("t", asked, FakeRequest.body("x" + "\u20ac".repeat(5_000)));
    assertThat(desk.beats)
        .startsWith("t DONE ", "t FAIL a b\nc [0m", "t START x\ufffdy")
        .last()
        .isEqualTo("t DONE x" + "\u20ac".repeat(3_333)); // whole characters in 10 kB
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json||{}|true",
        "application/json|identity|{}|true",
        "application/json|gzip|{}|false",
        "text/plain||{}|false",
        "||{}|false",
        "application/json;charset=latin1||{}|false"
      })
  void a_body_of_another_type_is_refused(
      String type, String encoding, String text, boolean accepted) {
    FakeRequest request = new FakeRequest();
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (encoding != null) {
      request.header("Content-Encoding", encoding);
    }
    Body body = request.asked().body(FakeRequest.body(text));
    if (accepted) {
      assertThat(body.json()).isEmpty();
    } else {
      assertThatExceptionOfType(Refused.class)
          .isThrownBy(body::json)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Refused.Reason.WRONG_TYPE));
    }
  }

  @Test
  void a_body_has_at_most_1_mib() {
    Asked asked = new FakeRequest().header("Content-Type", "application/json").asked();
    String longest = "{\"a\":\"" + "x".repeat(Body.MOST - 8) + "\"}";
    assertThat(longest).hasSize(Body.MOST);
    assertThat(asked.body(FakeRequest.body(longest)).json()).hasSize(1);
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> asked.body(FakeRequest.body(longest + " ")).json())
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Refused.Reason.TOO_LARGE));
    assertThat(asked.body(FakeRequest.body("")).optional()).isEmpty();
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> asked.body(FakeRequest.body("")).json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept|text/csv|text/csv",
        "Accept|nonsense|*/*",
        "accept|a/b;q=7|*/*",
        "Content-Type|nonsense|application/octet-stream",
        "Content-Type|a/b|a/b",
        "X-Other|nonsense|nonsense"
      })
  void headers_that_cannot_be_read_are_kept_from_jax_rs(String name, String sent, String passed)
      throws ServletException, IOException {
    HttpServletRequest seen = filtered(new FakeRequest().header(name, sent));
    assertThat(seen.getHeader(name)).isEqualTo(passed);
    assertThat(Collections.list(seen.getHeaders(name))).containsExactly(passed);
  }

  @Test
  void a_second_header_that_cannot_be_read_is_noticed() throws ServletException, IOException {
    HttpServletRequest seen = filtered(new FakeRequest().header("Accept", "text/csv", "nonsense"));
    assertThat(Collections.list(seen.getHeaders("Accept"))).containsExactly("*/*");
    HttpServletRequest fine = filtered(new FakeRequest().header("Accept", "text/csv", "a/b"));
    assertThat(Collections.list(fine.getHeaders("Accept"))).containsExactly("text/csv", "a/b");
  }

  /** A response that takes everything. */
  private static HttpServletResponse silent() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            AnswersTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> null);
  }

  private static HttpServletRequest filtered(FakeRequest request)
      throws ServletException, IOException {
    List<HttpServletRequest> passed = new ArrayList<>();
    FilterChain chain = (next, response) -> passed.add((HttpServletRequest) next);
    new PageFilter().doFilter(request.uri("/api/x").servlet(), silent(), chain);
    return passed.get(0);
  }
}
