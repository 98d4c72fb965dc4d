package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.255, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "::1, ::1, true",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "2001:db8::/33, 2001:db8:7fff::, true",
    "2001:db8::/33, 2001:db8:8000::, false"
  })
  void a_block_contains_what_shares_its_bits(String block, String address, boolean contained) {
    assertThat(Network.parse(block).contains(Objects.requireNonNull(Network.address(address))))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10/8",
        "10.0.0.0/-1",
        "fd00::1/8",
        "[::1]",
        "1.2.3.4/24/24",
        "0x7f.0.0.1",
        "010.0.0.1",
        "a.example"
      })
  void what_is_no_block_is_refused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.1", "2130706433", "1.2.3.4.5", "1.2.3", "a", "g::", "1.2.3.256", ":"})
  void what_is_no_address_is_none_and_is_looked_up_nowhere(String text) {
    assertThat(Network.address(text)).isNull();
  }

  @Test
  void a_block_is_written_as_it_is_read() {
    assertThat(Network.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
  }
}
