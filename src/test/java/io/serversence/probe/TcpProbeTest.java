package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TcpProbeTest extends ProberCase {
  private static final String HOST = "localhost";

  @Test
  void a_connection_is_enough() {
    TargetServer server = serve((talk, number) -> talk.closedByClient());
    Sample sample = probe(Monitors.with().tcp(HOST, server.port(), null, null)).sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.UP);
    assertThat(sample.phases().connect()).isNotNegative();
    assertThat(sample.phases().processing()).isEqualTo(Phases.NONE);
  }

  @Test
  void nobody_listening_is_connection_refused() throws Exception {
    TargetServer server = serve((talk, number) -> {});
    server.close();
    ProbeResult result = probe(Monitors.with().tcp(HOST, server.port(), null, null));
    assertThat(result.sample().outcome()).isEqualTo(Outcome.DOWN);
    assertThat(result.sample().message()).isEqualTo("connection refused");
    assertThat(result.evidence().addresses()).contains("127.0.0.1");
  }

  @Test
  void what_is_sent_goes_as_it_is_and_what_is_expected_may_come_in_parts() {
    TargetServer server =
        serve(
            (talk, number) -> {
              byte[] said = talk.in.readNBytes(6);
              talk.say("greeting ");
              talk.say("+PO");
              talk.say(new String(said, StandardCharsets.UTF_8).equals("PING\\n") ? "NG" : "");
              talk.closedByClient();
            });
    ProbeResult result = probe(Monitors.with().tcp(HOST, server.port(), "PING\\n", "+PONG"), true);
    assertThat(result.sample().outcome()).as(result.sample().message()).isEqualTo(Outcome.UP);
    assertThat(result.sample().phases().transfer()).isNotNegative();
    assertThat(result.evidence().request()).isEqualTo("PING\\n");
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("greeting +PONG");
  }

  @Test
  void what_does_not_come_is_missed_at_the_deadline() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.say("-ERR");
              talk.hang();
            });
    Monitor monitor = Monitors.with().timeout(SHORT).tcp(HOST, server.port(), null, "+OK");
    ProbeResult result = probe(monitor);
    assertThat(result.sample().message())
        .isEqualTo("no answer within 300ms (while waiting for \"+OK\")");
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("-ERR");
  }

  @Test
  void a_close_or_reset_before_it_came_is_a_failure() {
    TargetServer closing = serve((talk, number) -> talk.say("bye"));
    assertThat(probe(Monitors.with().tcp(HOST, closing.port(), null, "+OK")).sample().message())
        .isEqualTo("connection closed by the target before \"+OK\" came");
    TargetServer resetting =
        serve(
            (talk, number) -> {
              talk.in.read();
              talk.reset();
            });
    assertThat(probe(Monitors.with().tcp(HOST, resetting.port(), "x", "+OK")).sample().message())
        .isEqualTo("connection reset while waiting for the answer");
  }

  @Test
  void what_is_expected_has_to_come_within_the_cap() {
    TargetServer server =
        serve(
            (talk, number) -> {
              byte[] much = new byte[8_000];
              while (true) {
                talk.say(much);
              }
            });
    assertThat(probe(Monitors.with().tcp(HOST, server.port(), null, "+OK")).sample().message())
        .isEqualTo("\"+OK\" did not come in the first 64 KiB");
  }

  @Test
  void a_condition_on_the_body_waits_for_the_first_bytes() {
    TargetServer server =
        serve(
            (talk, number) -> {
              talk.say("220 ready");
              talk.closedByClient();
            });
    ProbeResult result =
        probe(
            Monitors.with().condition("[BODY] == pat(220*)").tcp(HOST, server.port(), null, null),
            true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().bodyExcerpt()).isEqualTo("220 ready");
  }
}
