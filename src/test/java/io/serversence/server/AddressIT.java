package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The addresses that answers carry are those under which people find the server. */
@ExtendWith(RunningServer.class)
@ExtendWith(PeopledServer.class)
class AddressIT {
  private final Server server;
  private final People people;

  AddressIT(Server server, People people) {
    this.server = server;
    this.people = people;
  }

  @Test
  void without_a_public_address_they_are_as_the_request_came_with_the_context_path() {
    Answer created =
        server.admin().post("/api/monitors", Wanted.heartbeat("addressed", "1h").build());

    assertThat(created.header("Location")).isEqualTo(server.base() + "api/monitors/addressed");
    assertThat(created.json().getJsonObject("target").getString("url"))
        .startsWith(server.base() + "api/heartbeats/");
  }

  @Test
  void with_one_they_begin_with_it() {
    Answer created =
        people.admin().post("/api/monitors", Wanted.heartbeat("addressed", "1h").build());

    assertThat(created.header("Location")).isEqualTo(People.ADDRESS + "/api/monitors/addressed");
    assertThat(created.json().getJsonObject("target").getString("url"))
        .startsWith(People.ADDRESS + "/api/heartbeats/");
  }
}
