package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
  private static ResolvConf parse(String... lines) {
    return ResolvConf.parse(List.of(lines), 53);
  }

  @Test
  void an_empty_file_names_nobody() {
    assertThat(parse()).isEqualTo(ResolvConf.NONE);
    assertThat(parse("", "# nameserver 1.1.1.1", "; x", "nameserver", "nameserver x", "nonsense"))
        .isEqualTo(ResolvConf.NONE);
  }

  @Test
  void servers_search_domains_and_dots_are_read() {
    ResolvConf conf =
        parse(
            "nameserver\t10.0.0.1",
            "  nameserver fd00::1 # ours",
            "domain gone.example",
            "search a.example b.example",
            "options timeout:1 ndots:5 rotate");
    assertThat(conf.servers())
        .containsExactly(
            new InetSocketAddress("10.0.0.1", 53), new InetSocketAddress("fd00::1", 53));
    assertThat(conf.search()).containsExactly("a.example", "b.example");
    assertThat(conf.ndots()).isEqualTo(5);
  }

  @Test
  void no_more_than_three_servers_count() {
    assertThat(
            parse(
                    "nameserver 10.0.0.1",
                    "nameserver 10.0.0.2",
                    "nameserver 10.0.0.3",
                    "nameserver 10.0.0.4")
                .servers())
        .hasSize(3);
  }
}
