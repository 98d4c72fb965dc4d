package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  private static final HttpUrl BASE = HttpUrl.of(URI.create("http://shop.example:8080/a/b/c?q=1"));

  @ParameterizedTest
  @CsvSource({
    "https://Other.Example, https://other.example/",
    "http://other.example:80/x, http://other.example/x",
    "HTTPS://other.example:8443/x?y=z#part, https://other.example:8443/x?y=z",
    "//other.example/x, http://other.example/x",
    "/x, http://shop.example:8080/x",
    "x, http://shop.example:8080/a/b/x",
    "./x, http://shop.example:8080/a/b/x",
    "../x, http://shop.example:8080/a/x",
    "../../../../x, http://shop.example:8080/x",
    "/x/./y/../z/., http://shop.example:8080/x/z/",
    "/x/.., http://shop.example:8080/",
    "/.well-known/x, http://shop.example:8080/.well-known/x",
    "?n=2, http://shop.example:8080/a/b/c?n=2",
    "'', http://shop.example:8080/a/b/c?q=1",
    "'#part', http://shop.example:8080/a/b/c?q=1",
    "'  /x  ', http://shop.example:8080/x",
    "/a b|c, http://shop.example:8080/a%20b%7Cc",
    "/a%20b, http://shop.example:8080/a%20b",
    "/?to=http://x/../y, http://shop.example:8080/?to=http://x/../y",
    "/grüß, http://shop.example:8080/gr%C3%BC%C3%9F",
    "http://bücher.example/, http://xn--bcher-kva.example/",
    "http://me:secret@other.example/, http://other.example/",
    "http://[::1]:81/x, http://[::1]:81/x",
    "http://my_host/x, http://my_host/x"
  })
  void a_location_is_read_as_browsers_do(String header, String url) {
    String bytes = new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(Location.resolve(BASE, bytes).toString()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailto:me@example.org", "javascript:alert(1)", "http:", "http:///x", "http://:80/",
        "http://a:0/", "http://a:99999/", "http://[::1/", "//", "http://a:b/"
      })
  void what_leads_nowhere_is_refused_in_words(String header) {
    assertThatThrownBy(() -> Location.resolve(BASE, header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the redirect");
  }

  @Test
  void an_address_keeps_no_more_than_a_request_needs() {
    HttpUrl url = HttpUrl.of(URI.create("HTTPS://Shop.Example?q=a%20b#part"));
    assertThat(url).isEqualTo(new HttpUrl(true, "shop.example", 443, "/?q=a%20b"));
    assertThat(url.authority()).isEqualTo("shop.example");
    HttpUrl six = HttpUrl.of(URI.create("http://[2001:DB8::1]:443/"));
    assertThat(six.host()).isEqualTo("2001:DB8::1");
    assertThat(six.authority()).isEqualTo("[2001:DB8::1]:443");
    assertThat(HttpUrl.of(URI.create("http://a.example/ü")).path()).isEqualTo("/%C3%BC");
    assertThat(HttpUrl.of(URI.create("http://my_host:81/x")).host()).isEqualTo("my_host");
  }

  @Test
  void an_origin_is_scheme_host_and_port() {
    HttpUrl url = Location.absolute("http://a.example/x");
    assertThat(url.sameOrigin(Location.absolute("http://A.example:80/y"))).isTrue();
    assertThat(url.sameOrigin(Location.absolute("https://a.example/x"))).isFalse();
    assertThat(url.sameOrigin(Location.absolute("http://a.example:81/x"))).isFalse();
    assertThat(url.sameOrigin(Location.absolute("http://b.example/x"))).isFalse();
  }
}
