package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.monitor.Outcome;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forbidden addresses, spelled in every way that some program somewhere reads: as a target, as
 * where a redirect leads, and as what a name server says. A server that listens on all addresses of
 * the machine hears of none of it.
 */
class EgressSpellingTest extends ProberCase {
  private static final List<String> FORBIDDEN =
      List.of("127.0.0.2", "169.254.169.254", "100.100.100.200", "10.0.0.1", "0.0.0.0");

  @TempDir Path folder;
  private final AtomicReference<String> location = new AtomicReference<>("/");
  private NameServer dns;
  private TargetServer allowed;
  private TargetServer canary;

  @BeforeEach
  void serve() throws Exception {
    dns = closing(new NameServer());
    allowed =
        answering((talk, request) -> talk.answer("302 Found", "", "Location: " + location.get()));
    ServerSocket everywhere = new ServerSocket();
    everywhere.bind(new InetSocketAddress(0), 200);
    canary = closing(TargetServer.on(everywhere, (talk, number) -> {}));
    Files.writeString(folder.resolve("hosts"), "");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
  }

  @Override
  Prober newProber() {
    return asking(dns, folder);
  }

  /** Keeps no connection and no name, so that each probe looks and connects anew. */
  @Override
  ProberSettings settings() {
    return keepingNothing(1, EgressPolicy.of(List.of("public", "127.0.0.1")));
  }

  @Test
  void no_spelling_of_a_forbidden_address_is_connected_to() throws Exception {
    Set<String> hosts = spellings();
    assertThat(hosts).hasSizeGreaterThanOrEqualTo(200);
    for (String host : hosts) {
      String url = "http://" + host + ":" + canary.port() + "/";
      location.set(url);
      refused(allowed.url("/"), host);
      if (readable(url)) {
        refused(url, host);
      }
    }
    assertThat(canary.connections()).isZero();
    assertThat(prober().figures().connectionsOpened()).isEqualTo(allowed.connections());
    assertThat(prober().figures().connectionsRefused()).isGreaterThan(300);
  }

  private void refused(String url, String host) {
    ProbeResult result = probe(Monitors.with().http(url));
    assertThat(result.sample().outcome()).as(host).isEqualTo(Outcome.DOWN);
    assertThat(result.evidence().addresses()).as(host).isSubsetOf("127.0.0.1");
  }

  private static boolean readable(String url) {
    try {
      URI.create(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // no monitor can have it
    }
  }

  private Set<String> spellings() throws UnknownHostException {
    Set<String> hosts = new LinkedHashSet<>();
    for (String address : FORBIDDEN) {
      for (String spelling : Spellings.of(InetAddress.getByName(address).getAddress())) {
        hosts.add(spelling);
        if (!spelling.startsWith("[")) {
          known(spelling, address);
        }
      }
    }
    hosts.addAll(List.of("[::1]", "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]", "[::]"));
    hosts.addAll(List.of("[fd00::1]", "[ff02::1]", "[febf::1]", "[fec0::1]", "[0:0::0:1]"));
    dns.knows("metadata.google.internal", 0, "169.254.169.254");
    dns.knows("127.0.0.2.nip.example", 0, "127.0.0.2");
    hosts.addAll(List.of("metadata.google.internal", "127.0.0.2.nip.example"));
    return hosts;
  }

  /** Lets the name server say what {@code inet_aton} would read, as some name servers do. */
  private void known(String spelling, String address) {
    try {
      String name = IDN.toASCII(spelling.substring(spelling.indexOf('@') + 1));
      dns.knows(name.replaceFirst("\\.$", "").toLowerCase(Locale.ROOT), 0, address);
    } catch (IllegalArgumentException e) {
      // no name
    }
  }

  @Test
  void a_name_that_changes_its_address_after_the_check_leads_nowhere_else() throws IOException {
    ServerSocket other = new ServerSocket();
    other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), allowed.port()), 200);
    TargetServer inside = closing(TargetServer.on(other, (talk, number) -> {}));
    String url = "http://rebind.example:" + allowed.port() + "/";
    location.set(url);
    int connected = 0;
    for (int i = 0; i < 60; i++) {
      switch (i % 3) {
        case 0 -> dns.knows("rebind.example", 0, "127.0.0.1");
        case 1 -> dns.knows("rebind.example", 0, "127.0.0.2");
        default -> dns.knows("rebind.example", 0, "127.0.0.2", "127.0.0.1", "169.254.169.254");
      }
      ProbeResult result = probe(Monitors.with().http(url));
      assertThat(result.evidence().addresses()).isSubsetOf("127.0.0.1");
      connected += result.evidence().addresses().isEmpty() ? 0 : 1;
    }
    assertThat(connected).isPositive();
    assertThat(allowed.connections()).isPositive();
    assertThat(inside.connections()).isZero();
    assertThat(canary.connections()).isZero();
  }
}
