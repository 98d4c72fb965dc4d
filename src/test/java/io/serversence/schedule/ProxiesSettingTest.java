package io.serversence.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.access.ClientAddress;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesSettingTest {
  private static ClientAddress client(Map<String, String> environment) {
    Configuration configuration = new Configuration();
    configuration.read(new Settings(name -> null, environment::get, Map.of()));
    return configuration.client();
  }

  @Test
  void by_default_nobody_is_a_proxy() {
    assertThat(client(Map.of())).isEqualTo(ClientAddress.DIRECT);
  }

  @Test
  void addresses_and_blocks_of_both_kinds_can_be_named() {
    ClientAddress client = client(Map.of("SERVERSENCE_PROXIES", "192.0.2.1, 10.0.0.0/8,fd00::/8"));
    assertThat(client.proxies()).hasSize(3);
    assertThat(client.of("10.1.2.3", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
  }

  @Test
  void a_name_or_a_wrong_block_stops_the_start() {
    for (String wrong : List.of("proxy.example", "10.0.0.1/8", "10.0.0.0/33")) {
      assertThatThrownBy(() -> client(Map.of("SERVERSENCE_PROXIES", wrong)))
          .isInstanceOf(InvalidSetting.class)
          .hasMessageContaining(wrong);
    }
  }
}
