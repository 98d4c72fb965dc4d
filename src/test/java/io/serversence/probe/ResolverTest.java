package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names are found in the files of a machine that a test makes up, and in a DNS server of its own.
 */
class ResolverTest extends ProberCase {
  @TempDir Path folder;
  private NameServer dns;
  private TargetServer server;

  @BeforeEach
  void serve() throws Exception {
    dns = closing(new NameServer());
    server = answering((talk, request) -> talk.answer("200 OK", ""));
    Files.writeString(folder.resolve("hosts"), "127.0.0.1 known.example Alias\n");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\nsearch lan.example\n");
  }

  @Override
  Prober newProber() {
    return asking(dns, folder);
  }

  @Override
  ProberSettings settings() {
    return keepingNothing(3, EgressPolicy.OPEN);
  }

  private Monitor monitor(String host) {
    return Monitors.with().http("http://" + host + ":" + server.port() + "/");
  }

  private Sample up(String host) {
    Sample sample = probe(monitor(host)).sample();
    assertThat(sample.outcome()).as(host + ": " + sample.message()).isEqualTo(Outcome.UP);
    return sample;
  }

  private void down(String host, String message) {
    Sample sample = probe(monitor(host)).sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.DOWN);
    assertThat(sample.message()).isEqualTo(message);
    assertThat(sample.phases().resolve()).isNotNegative();
    assertThat(sample.phases().connect()).isEqualTo(-1);
  }

  @Test
  void the_hosts_file_and_localhost_need_no_server() {
    prober();
    dns.close();
    up("known.example");
    up("KNOWN.example");
    up("alias");
    up("localhost");
    up("any.localhost");
    up("127.0.0.1");
  }

  @Test
  void a_server_is_asked_once_for_as_long_as_its_answer_lasts() {
    dns.knows("shop.example", 300, "127.0.0.1");
    up("shop.example");
    up("shop.example");
    up("Shop.Example.");
    assertThat(dns.asked("shop.example")).isEqualTo(1);
    assertThat(prober().figures().namesCached()).isEqualTo(1);
    dns.knows("brief.example", 1, "127.0.0.1");
    up("brief.example");
    eventually(
        () -> {
          up("brief.example");
          return dns.asked("brief.example") > 1;
        });
  }

  @Test
  void a_short_name_is_looked_for_in_the_search_domains() {
    dns.knows("short.lan.example", 300, "127.0.0.1");
    up("short");
  }

  @Test
  void no_more_names_are_remembered_than_the_bound_says() {
    for (int i = 0; i < 6; i++) {
      dns.knows("n" + i + ".example", 300, "127.0.0.1");
      up("n" + i + ".example");
    }
    assertThat(prober().figures().namesCached()).isEqualTo(3);
    up("n5.example");
    assertThat(dns.asked("n5.example")).isEqualTo(1);
    up("n0.example");
    assertThat(dns.asked("n0.example")).isEqualTo(2);
  }

  @Test
  void what_goes_wrong_is_said_in_words() {
    down("nowhere.example", "the name nowhere.example does not exist");
    dns.fails("broken.example", 2);
    down("broken.example", "the DNS server cannot resolve broken.example (SERVFAIL)");
    dns.knows("empty.example", 300);
    down("empty.example", "the name empty.example has no address");
  }

  @Test
  void a_missing_name_is_asked_for_again_soon() {
    down("late.example", "the name late.example does not exist");
    dns.knows("late.example", 300, "127.0.0.1");
    eventually(() -> probe(monitor("late.example")).sample().outcome() == Outcome.UP);
  }

  @Test
  void a_silent_server_costs_the_deadline() {
    dns.isSilentOn("silent.example");
    Monitor monitor =
        Monitors.with().timeout(SHORT).http("http://silent.example:" + server.port() + "/");
    assertThat(probe(monitor).sample().message())
        .isEqualTo("no answer within 300ms (while resolving the name)");
    Monitor patient =
        Monitors.with()
            .timeout(Duration.ofSeconds(20))
            .http("http://silent.example:" + server.port() + "/");
    assertThat(probe(patient).sample().message())
        .isEqualTo("no DNS server answers for silent.example");
  }

  @Test
  void without_a_server_the_failure_comes_at_once() throws IOException {
    Files.writeString(folder.resolve("resolv.conf"), "# nothing\n");
    down("shop.example", "the name shop.example cannot be resolved: no DNS server is configured");
    Files.delete(folder.resolve("resolv.conf"));
    up("localhost");
  }

  @Test
  void changed_files_are_read_again() throws IOException {
    down("fresh.example", "the name fresh.example does not exist");
    Files.writeString(folder.resolve("hosts"), "127.0.0.1 fresh.example\n");
    Files.setLastModifiedTime(folder.resolve("hosts"), FileTime.fromMillis(1_000));
    eventually(() -> probe(monitor("fresh.example")).sample().outcome() == Outcome.UP);
  }

  @Test
  void the_addresses_of_a_name_are_tried_in_turn() {
    dns.knows("two.example", 300, "127.0.0.99", "127.0.0.1");
    ProbeResult result = probe(monitor("two.example"), true);
    assertThat(result.sample().outcome()).isEqualTo(Outcome.UP);
    assertThat(result.evidence().addresses()).containsExactly("127.0.0.99", "127.0.0.1");
  }

  @Test
  void a_name_leads_only_where_it_may() {
    dns.knows("metadata.example", 300, "169.254.169.254");
    Sample refused = probe(monitor("metadata.example")).sample();
    assertThat(refused.message()).isEqualTo("the address 169.254.169.254 is not allowed");
    dns.knows("mixed.example", 300, "169.254.169.254", "127.0.0.1");
    up("mixed.example");
  }

  @Test
  void what_is_no_name_is_not_asked_for() {
    String tooLong = "a".repeat(64) + ".example";
    Sample sample = probe(Monitors.with().tcp(tooLong, 80, null, null)).sample();
    assertThat(sample.outcome()).isEqualTo(Outcome.DOWN);
    assertThat(sample.message()).isEqualTo(tooLong + " is not the name of a host");
  }
}
