package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080,localhost:8080", "http://s.example,s.example",
        "HTTP://S.Example,s.example:80",
    "https://s.example,s.example", "https://s.example,s.example:443",
        "https://s.example:8443,S.example:8443",
    "http://[::1]:8080,[::1]:8080", "http://10.0.0.1,10.0.0.1",
        "http://my_server:8080,my_server:8080"
  })
  void a_page_of_this_host_may(String origin, String host) {
    assertThat(PublicAddress.FROM_REQUEST.allows(origin, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example,s.example",
    "http://s.example:8080,s.example",
    "http://s.example,s.example:8080",
    "http://s.example.evil,s.example",
    "http://evil-s.example,s.example",
    "null,s.example",
    "null,null",
    "'',''",
    "http://,''",
    "s.example,s.example",
    "//s.example,s.example",
    "http://s.example,",
    "http://evil@s.example,s.example",
    "http://s.example@evil.example,s.example",
    "http://s.example/,s.example/",
    "http://a b,a b",
    "http://s.example#,s.example",
    "file://,s.example",
    "https://s.example,s.example:80"
  })
  void a_page_of_another_host_may_not(String origin, String host) {
    assertThat(PublicAddress.FROM_REQUEST.allows(origin, host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://portal.example,true", "https://portal.example:443,false",
        "http://portal.example,false",
    "https://status.example,true", "https://status.example:443,true", "http://status.example,false",
    "http://inside:8080,true", "https://other.example,false"
  })
  void a_page_of_the_public_address_or_of_an_allowed_origin_may(String origin, boolean may) {
    PublicAddress address =
        new PublicAddress(
            URI.create("https://status.example/s/"), Set.of("https://portal.example"));
    assertThat(address.allows(origin, "inside:8080")).isEqualTo(may);
  }

  @Property
  void any_origin_is_allowed_or_not(@ForAll String origin, @ForAll String host) {
    PublicAddress.FROM_REQUEST.allows(origin, host);
    assertThat(PublicAddress.FROM_REQUEST.allows(origin, null)).isFalse();
    assertThat(PublicAddress.FROM_REQUEST.allows("http://" + host, "s.example")).isFalse();
  }
}
