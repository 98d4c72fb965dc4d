package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.config.Network;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredEgressTest {
  private static boolean allows(String address, String... items) {
    return EgressPolicy.of(List.of(items))
        .allows(Objects.requireNonNull(Network.address(address), address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "64:ff9b:1::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "2001:0:c000:201:0:0:5601:5601",
        "2606:4700::5efe:169.254.169.254",
        "2606:4700::200:5efe:169.254.169.254"
      })
  void what_no_honest_target_has_is_refused_in_every_mode_unless_it_is_named(String address) {
    assertThat(allows(address, "open")).isFalse();
    assertThat(allows(address, "public")).isFalse();
    assertThat(allows(address, "0.0.0.0/0", "::/0")).isFalse();
    assertThat(allows(address, "open", "public", "0.0.0.0/0", "::/0", "fd00::/8")).isFalse();
  }

  @Test
  void naming_is_by_the_address_itself_or_by_a_block_of_link_local_ones() {
    assertThat(allows("169.254.169.254", "open", "169.254.169.254")).isTrue();
    assertThat(allows("169.254.169.254", "public", "169.254.0.0/16")).isTrue();
    assertThat(allows("169.254.169.253", "open", "169.254.169.254")).isFalse();
    assertThat(allows("100.100.100.200", "100.100.100.200")).isTrue();
    assertThat(allows("100.100.100.200", "100.64.0.0/10")).isFalse();
    assertThat(allows("fe80::7", "fe80::/10")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "10.0.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "240.0.0.1",
        "::1",
        "fd12::1",
        "fec0::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::1"
      })
  void public_leaves_out_what_only_we_can_reach(String address) {
    assertThat(allows(address, "public")).isFalse();
    assertThat(allows(address, "open")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "11.0.0.1",
        "198.20.0.1",
        "223.255.255.254",
        "2606:4700::1111",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8"
      })
  void public_lets_the_rest_of_the_world_through(String address) {
    assertThat(allows(address, "public")).isTrue();
    assertThat(allows(address, "10.0.0.0/8")).isFalse();
  }

  @Test
  void a_list_allows_what_is_in_it_and_nothing_else() {
    assertThat(allows("10.1.2.3", "10.0.0.0/8", "192.0.2.7")).isTrue();
    assertThat(allows("192.0.2.7", "10.0.0.0/8", "192.0.2.7")).isTrue();
    assertThat(allows("192.0.2.8", "10.0.0.0/8", "192.0.2.7")).isFalse();
    assertThat(allows("127.0.0.1", "10.0.0.0/8")).isFalse();
    assertThat(allows("10.1.2.3", "public", "10.1.0.0/16")).isTrue();
    assertThat(allows("10.2.2.3", "public", "10.1.0.0/16")).isFalse();
  }

  @Test
  void anything_else_is_refused_with_the_word_that_was_wrong() {
    for (String wrong : List.of("private", "10.0.0.1/8", "example.org", "OPEN")) {
      assertThatThrownBy(() -> EgressPolicy.of(List.of("open", wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(wrong);
    }
  }
}
