package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest extends ProberCase {
  private static InetAddress address(String literal) throws Exception {
    return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "93.184.216.34", "100.64.0.1",
        "::1", "fd00::1", "2001:db8::1", "::ffff:10.0.0.1", "64:ff9b::5db8:d822", "2002:0a01::1"
      })
  void open_lets_go_to_loopback_private_and_public_addresses(String literal) throws Exception {
    assertThat(EgressPolicy.OPEN.allows(address(literal))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.1.1",
        "0.0.0.0",
        "0.1.2.3",
        "255.255.255.255",
        "224.0.0.1",
        "239.1.1.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "::",
        "fe80::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "::ffff:0.0.0.0",
        "::ffff:100.100.100.200"
      })
  void open_refuses_what_no_honest_target_has(String literal) throws Exception {
    assertThat(EgressPolicy.OPEN.allows(address(literal))).isFalse();
  }

  @Test
  void every_type_of_target_is_asked_about() {
    String refused = "the address 169.254.169.254 is not allowed";
    Monitors with = Monitors.with();
    for (Monitor monitor :
        new Monitor[] {
          with.http("http://169.254.169.254/"),
          with.http("https://169.254.169.254/"),
          with.http("http://[::ffff:a9fe:a9fe]/"),
          with.tcp("169.254.169.254", 80, null, null),
          with.tls("169.254.169.254", 443, null),
          with.sse("http://169.254.169.254/")
        }) {
      ProbeResult result = probe(monitor);
      assertThat(result.sample().outcome()).isEqualTo(Outcome.DOWN);
      assertThat(result.sample().message()).isEqualTo(refused);
      assertThat(result.evidence().addresses()).isEmpty();
    }
    assertThat(prober().figures().connectionsOpened()).isZero();
    assertThat(prober().figures().connectionsRefused()).isEqualTo(6);
  }
}
