package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is configured wrong stops the start of the real server, and one line says what it is. */
class BadSettingsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SAID = "ServerSence cannot start: ";

  @Test
  void a_wrong_setting() {
    assertRefused(
        ServerPlan.named("wrong-setting").with("SERVERSENCE_ANONYMOUS", "everybody").prepared(),
        "SERVERSENCE_ANONYMOUS must be none or viewer");
  }

  @Test
  void a_server_of_its_own_ends_and_the_reason_is_the_last_line() {
    ServerPlan plan = ServerPlan.named("wrong-alone").with("SERVERSENCE_ANONYMOUS", "everybody");
    try (Server server = plan.with("SERVERSENCE_STANDALONE", "true").prepared()) {
      server.launch();

      Await.until("its end", PATIENCE, () -> !server.isAlive());

      assertThat(server.log().lines().get(server.log().lines().size() - 1))
          .endsWith(SAID + "SERVERSENCE_ANONYMOUS must be none or viewer");
    }
  }

  @Test
  void a_wrong_policy() {
    assertRefused(
        ServerPlan.named("wrong-policy").with("SERVERSENCE_EGRESS", "private").prepared(),
        "SERVERSENCE_EGRESS private must be open, public, an address or a block");
  }

  @Test
  void a_directory_to_which_passwords_would_go_in_plain() {
    assertRefused(
        ServerPlan.named("plain-directory")
            .with("SERVERSENCE_LDAP_URL", "ldap://ldap.example")
            .with("SERVERSENCE_LDAP_USER_BASE", "ou=people,dc=example")
            .with("SERVERSENCE_ROLES", "viewer=*")
            .prepared(),
        "SERVERSENCE_LDAP_URL must begin with ldaps://");
  }

  @Test
  void a_broken_file() throws IOException {
    assertRefused(
        withFile("broken-file", "monitors:\n  - name: [unclosed\n"), "broken-file.yaml: ");
  }

  @Test
  void a_wrong_monitor_in_the_file() throws IOException {
    assertRefused(
        withFile(
            "wrong-monitor",
            """
            monitors:
              - name: Wrong
                target: {type: tcp, host: 127.0.0.1, port: 70000}
            """),
        "wrong-monitor.yaml: monitors[0].target.port: must be from 1 to 65535");
  }

  @Test
  void a_wrong_route_in_the_file() throws IOException {
    assertRefused(
        withFile(
            "wrong-route",
            """
            routes:
              - name: Nowhere
                channels: [nobody]
            """),
        "wrong-route.yaml: routes[0].channels[0]: is no channel");
  }

  @Test
  void an_unknown_section_in_the_file() throws IOException {
    assertRefused(
        withFile("unknown-section", "monitor: []\n"),
        "unknown-section.yaml: monitor: is not a known field");
  }

  private static Server withFile(String name, String yaml) throws IOException {
    ServerPlan plan = ServerPlan.named(name);
    Path file = plan.folder().resolve(name + ".yaml");
    Server server = plan.with("SERVERSENCE_CONFIG", file.toString()).prepared();
    Files.writeString(file, yaml);
    return server;
  }

  private static void assertRefused(Server server, String why) {
    try (server) {
      server.launch();

      server.log().await(SAID, PATIENCE);

      List<String> said = server.log().lines().stream().filter(l -> l.contains(SAID)).toList();
      assertThat(said).singleElement().satisfies(line -> assertThat(line).contains(why));
      assertThat(serves(server)).isFalse();
      assertThat(server.data()).as("nothing was begun").doesNotExist();
      server.kill();
    }
  }

  /** True if the application is there. */
  private static boolean serves(Server server) {
    try {
      return server.anyone().get("/api/status").status() == 401;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
