package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.config.Network;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final ClientAddress BEHIND =
      new ClientAddress(Stream.of("10.0.0.0/8", "fd00::/8").map(Network::parse).toList());

  @Test
  void without_proxies_what_clients_say_of_themselves_does_not_count() {
    assertThat(ClientAddress.DIRECT.of("192.0.2.1", List.of("198.51.100.1")))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void a_peer_that_is_no_proxy_is_not_believed() {
    assertThat(BEHIND.of("192.0.2.1", List.of("198.51.100.1"))).isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1 | 198.51.100.1",
        "198.51.100.1, 192.0.2.9 | 192.0.2.9",
        "198.51.100.1, 192.0.2.9, 10.0.0.7 | 192.0.2.9",
        "192.0.2.9:4711 | 192.0.2.9",
        "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
        "2001:DB8::1 | 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.9 | 192.0.2.9",
        "fd00::5, 10.0.0.7 | fd00:0:0:0:0:0:0:5",
        "198.51.100.1, unknown | 10.0.0.1",
        "198.51.100.1, nonsense, 10.0.0.7 | 10.0.0.7",
        "'' | 10.0.0.1"
      })
  void the_last_address_that_is_no_proxy_is_the_client(String forwarded, String client) {
    assertThat(BEHIND.of("10.0.0.1", List.of(forwarded))).isEqualTo(client);
  }

  @Test
  void lines_of_the_header_go_on_where_the_one_before_ended() {
    assertThat(BEHIND.of("10.0.0.1", List.of("198.51.100.1", "192.0.2.9, 10.9.9.9")))
        .isEqualTo("192.0.2.9");
  }

  @Test
  void without_the_header_the_proxy_itself_is_the_client() {
    assertThat(BEHIND.of("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
  }

  @Test
  void an_endless_header_is_read_from_its_end_only() {
    String hops = "198.51.100.1," + "10.0.0.2,".repeat(10_000) + "10.0.0.3";
    assertThat(BEHIND.of("10.0.0.1", List.of(hops))).isEqualTo("10.0.0.2");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9, 192.0.2.9",
    "2001:db8:1:2:3:4:5:6, 20010db800010002::/64",
    "2001:db8:1:2::, 20010db800010002::/64",
    "unknown, unknown"
  })
  void all_that_one_ipv6_client_can_choose_from_is_one_place(String address, String place) {
    assertThat(ClientAddress.place(address)).isEqualTo(place);
  }
}
