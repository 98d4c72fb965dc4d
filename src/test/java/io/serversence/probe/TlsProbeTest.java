package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import java.time.Instant;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsProbeTest extends ProberCase {
  private volatile String asked = "";

  @Override
  Prober newProber() {
    return new Prober(this::thread, settings(), TestCertificates.authority(), null);
  }

  /** Shakes hands, then answers HTTP if asked. */
  private TargetServer showing(String alias, String... protocols) {
    TargetServer.Script http =
        TargetServer.serving((talk, request) -> talk.answer("200 OK", "safe"));
    TargetServer.Script script =
        (talk, number) -> {
          SSLSocket socket = (SSLSocket) talk.socket;
          socket.startHandshake();
          asked = ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames().toString();
          http.serve(talk, number);
        };
    return closing(
        TargetServer.on(
            protocols.length == 0
                ? TestCertificates.listening(alias)
                : TestCertificates.listening(alias, protocols),
            script));
  }

  private ProbeResult down(Monitor monitor, String message) {
    ProbeResult result = probe(monitor);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.DOWN);
    assertThat(result.sample().message()).isEqualTo(message);
    assertThat(result.evidence().request()).isNull();
    return result;
  }

  @Test
  void a_good_certificate_is_up_with_its_evidence() {
    TargetServer server = showing("good");
    ProbeResult result = probe(Monitors.with().tls("localhost", server.port(), null), true);
    Sample sample = result.sample();
    assertThat(sample.outcome()).as(sample.message()).isEqualTo(Outcome.UP);
    assertThat(sample.phases().tls()).isPositive();
    assertThat(sample.phases().processing()).isEqualTo(Phases.NONE);
    Evidence.Certificate shown = result.evidence().certificate();
    assertThat(shown.subject()).isEqualTo("CN=good.example");
    assertThat(shown.issuer()).isEqualTo("CN=Test Authority");
    assertThat(shown.notBefore()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(shown.names()).contains("good.example", "*.wild.example", "127.0.0.1");
    eventually(() -> asked.contains("localhost")); // the server ends its handshake after us
  }

  @ParameterizedTest
  @CsvSource({
    "good.example, true",
    "GOOD.example, true",
    "a.wild.example, true",
    "127.0.0.1, true",
    "::1, true",
    "a.b.wild.example, false",
    "wild.example, false",
    "good.example.com, false",
    "127.0.0.2, false"
  })
  void the_certificate_must_be_for_the_name_that_is_asked_for(String name, boolean good) {
    TargetServer server = showing("good");
    Monitor monitor = Monitors.with().tls("127.0.0.1", server.port(), name);
    if (good) {
      assertThat(probe(monitor).sample().message()).isNull();
    } else {
      down(monitor, "certificate is not valid for " + name);
    }
  }

  @Test
  void an_expired_certificate_says_when() {
    TargetServer server = showing("expired");
    ProbeResult result =
        down(
            Monitors.with().tls("localhost", server.port(), null),
            "certificate expired on 2021-01-01");
    assertThat(result.evidence().certificate().notAfter())
        .isEqualTo(Instant.parse("2021-01-01T00:00:00Z"));
    assertThat(result.evidence().addresses()).containsExactly("127.0.0.1");
    assertThat(result.sample().phases().tls()).isPositive();
    assertThat(result.sample().conditions()).singleElement().matches(c -> !c.ok());
  }

  @Test
  void other_bad_certificates_say_what_is_wrong_with_them() {
    down(
        Monitors.with().tls("localhost", showing("future").port(), null),
        "certificate is not valid before 2119-01-02");
    down(
        Monitors.with().tls("localhost", showing("other").port(), null),
        "certificate is not valid for localhost");
    down(
        Monitors.with().tls("localhost", showing("own").port(), null),
        "certificate is signed by an unknown authority");
    down(
        Monitors.with().tls("localhost", showing("worst").port(), null),
        "certificate expired on 2021-01-01; certificate is not valid for localhost");
  }

  @Test
  void https_judges_certificates_alike() {
    TargetServer good = showing("good");
    Monitor monitor = Monitors.with().http("https://localhost:" + good.port() + "/");
    Sample first = probe(monitor).sample();
    assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.UP);
    assertThat(first.phases().tls()).isPositive();
    assertThat(first.phases().processing()).isPositive();
    assertThat(probe(monitor, true).evidence().certificate().subject())
        .isEqualTo("CN=good.example");
    assertThat(good.connections()).isEqualTo(1);
    TargetServer own = showing("own");
    ProbeResult refused =
        down(
            Monitors.with().http("https://localhost:" + own.port() + "/"),
            "certificate is signed by an unknown authority");
    assertThat(refused.evidence().certificate().issuer()).isEqualTo("CN=localhost");
  }

  @Test
  void any_certificate_will_do_where_the_monitor_says_so() {
    for (String alias : new String[] {"expired", "own", "other", "worst"}) {
      TargetServer server = showing(alias);
      ProbeResult result =
          probe(Monitors.with().insecure().http("https://localhost:" + server.port() + "/"), true);
      assertThat(result.sample().outcome()).as(alias).isEqualTo(Outcome.UP);
      assertThat(result.evidence().certificate()).isNotNull();
      assertThat(result.evidence().bodyExcerpt()).isEqualTo("safe");
    }
  }

  @Test
  void a_connection_made_without_verification_is_not_used_with_it() {
    TargetServer server = showing("own");
    String url = "https://localhost:" + server.port() + "/";
    assertThat(probe(Monitors.with().insecure().http(url)).sample().outcome())
        .isEqualTo(Outcome.UP);
    down(Monitors.with().http(url), "certificate is signed by an unknown authority");
  }

  @Test
  void both_versions_of_tls_work() {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      TargetServer server = showing("good", version);
      Sample sample = probe(Monitors.with().tls("localhost", server.port(), null)).sample();
      assertThat(sample.outcome()).as(version + sample.message()).isEqualTo(Outcome.UP);
    }
  }

  @Test
  void every_new_connection_sees_the_certificate_of_now() {
    TargetServer server = showing("good", "TLSv1.2");
    Monitor monitor = Monitors.with().tls("localhost", server.port(), null);
    for (int i = 0; i < 3; i++) {
      ProbeResult result = probe(monitor, true);
      assertThat(result.evidence().certificate()).isNotNull();
    }
  }

  @Test
  void what_is_no_tls_server_is_called_so() {
    TargetServer plain = answering((talk, request) -> talk.answer("200 OK", ""));
    TargetServer talkative =
        serve(
            (talk, number) -> {
              talk.say("220 mail.example ESMTP\r\n");
              talk.closedByClient();
            });
    down(Monitors.with().tls("localhost", talkative.port(), null), "not a TLS server");
    TargetServer refusing =
        serve(
            (talk, number) -> {
              talk.in.read();
              talk.head("HTTP/1.1 400 Bad Request", "Content-Length: 0");
              talk.closedByClient();
            });
    down(Monitors.with().http("https://localhost:" + refusing.port() + "/"), "not a TLS server");
    assertThat(plain.connections()).isZero();
  }

  @Test
  void a_handshake_that_does_not_end_ends_at_the_deadline() {
    TargetServer server = serve((talk, number) -> talk.hang());
    ProbeResult result =
        down(
            Monitors.with().timeout(SHORT).tls("localhost", server.port(), null),
            "no answer within 300ms (during the TLS handshake)");
    assertThat(result.sample().phases().tls()).isPositive();
  }

  @Test
  void a_handshake_that_is_broken_off_says_how() {
    TargetServer closing = serve((talk, number) -> talk.in.read());
    String how = probe(Monitors.with().tls("localhost", closing.port(), null)).sample().message();
    assertThat(how).matches("connection (closed by the target|reset) during the TLS handshake");
    TargetServer resetting =
        serve(
            (talk, number) -> {
              talk.in.read();
              talk.reset();
            });
    down(
        Monitors.with().tls("localhost", resetting.port(), null),
        "connection reset during the TLS handshake");
  }

  @Test
  void a_server_that_refuses_says_why() throws Exception {
    SSLServerSocket socket = (SSLServerSocket) TestCertificates.listening("good");
    socket.setNeedClientAuth(true);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    TargetServer server =
        closing(
            TargetServer.on(socket, (talk, number) -> ((SSLSocket) talk.socket).startHandshake()));
    down(
        Monitors.with().tls("localhost", server.port(), null),
        "the TLS server wants a certificate of the client");
    byte[] oldVersion = {21, 3, 1, 0, 2, 2, 70};
    TargetServer old =
        serve(
            (talk, number) -> {
              talk.in.read();
              talk.say(oldVersion);
              talk.closedByClient();
            });
    down(
        Monitors.with().tls("localhost", old.port(), null),
        "the server speaks neither TLS 1.2 nor 1.3");
  }
}
