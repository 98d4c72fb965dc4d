package io.serversence.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serversence.document.InvalidDocument;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that are read by hand: If-Match, Accept and its kin, Content-Type. */
class HeadersTest {
  @Test
  void without_if_match_any_revision_will_do() {
    assertThat(new IfMatch(null).revision(7)).isNull();
    assertThat(new IfMatch("*").revision(7)).isNull();
    assertThat(new IfMatch(" * ").revision(7)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"7\"|7", "W/\"7\"|7", " \"7\" |7", "\"3\", \"7\"|7", "\"7\",W/\"3\"|7", "\"8\"|8",
        "\"x\"|0", "\"\"|0", "\"7-gzip\"|0", "\"a,b\"|0", "\"a,b\", \"7\"|7", "\"007\"|7",
        "\"9999999999999999999\"|0", ", \"7\",|7"
      })
  void if_match_asks_for_a_revision(String header, long wanted) {
    assertThat(new IfMatch(header).revision(7)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "7", "\"7", "7\"", "w/\"7\"", "\"7\" \"8\"", "*, \"7\"", "\"7\"x", ","})
  void an_if_match_that_cannot_be_read_is_refused(String header) {
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> new IfMatch(header).revision(7))
        .satisfies(e -> assertThat(e.errors().get(0).field()).isEqualTo("If-Match"));
  }

  @Property
  void any_if_match_is_read_or_refused(@ForAll String header) {
    try {
      Long revision = new IfMatch(header).revision(7);
      assertThat(revision == null || revision >= 0).isTrue();
    } catch (InvalidDocument e) {
      assertThat(e.errors()).hasSize(1);
    }
  }

  @Test
  void a_tag_is_found_again_by_if_match() {
    assertThat(new IfMatch(IfMatch.tag(12)).revision(12)).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
        " application/json ; charset=utf8 ; x=y",
        "application/json;"
      })
  void json_in_utf_8_is_json(String header) {
    assertThat(MediaTypes.is(header, "application/json")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "json",
        "text/plain",
        "application/jsonx",
        "application/json, text/plain",
        "application/json; charset=iso-8859-1",
        "application/json charset=utf-8",
        "application/merge-patch+json",
        "application/*"
      })
  void other_types_are_not_json(String header) {
    assertThat(MediaTypes.is(header, "application/json")).isFalse();
    assertThat(MediaTypes.is(null, "application/json")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
        "application/json;q=1.000, text/csv ; q=0",
        "text/event-stream",
        "a/b;c=\"d, e\""
      })
  void an_accept_header_is_readable(String header) {
    assertThat(MediaTypes.readable(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "json",
        "a/b,",
        "a/b;q=2",
        "a/b;q=x",
        "a/b;q=",
        "a/b;q=0.1234",
        "a/b/c",
        "/",
        "a/b;c=\"d",
        "a b/c",
        "a/b;q=1.1",
        "text/html, image/gif, *; q=.2"
      })
  void other_accept_headers_are_not_readable(String header) {
    assertThat(MediaTypes.readable(header)).isFalse();
  }

  @Property
  void any_header_is_readable_or_not(@ForAll String header) {
    MediaTypes.readable(header);
    MediaTypes.is(header, "application/json");
    assertThat(MediaTypes.readable(header + "\0")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "de",
        "*",
        "de-DE, de;q=0.9,en-US ;q=0.8 , *;q=0.001",
        "x-klingon",
        "zh-Hant-TW;q=1.000"
      })
  void an_accept_language_is_readable(String header) {
    assertThat(Languages.readable(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "de;q=abc",
        "de;q=2",
        "de;q=0.1234",
        "-,Ed  N",
        "de;",
        "de,",
        ",",
        "de en",
        "1",
        "de-",
        "\u00e4"
      })
  void other_accept_languages_are_not_readable(String header) {
    assertThat(Languages.readable(header)).isFalse();
  }

  @Test
  void a_hostile_header_is_told_quickly() {
    for (String part : new String[] {"a/a,", "a/a;q=1", ";q=", "a/a; ", "\"", ";a=\"\"", " "}) {
      assertThat(MediaTypes.readable("a/a" + part.repeat(1_990 / part.length()) + "\0")).isFalse();
      assertThat(MediaTypes.is("a/a" + part.repeat(100_000), "application/json")).isFalse();
    }
    for (String part : new String[] {"a,", "a-", "-a", "a;q=0.1,", " ", ";q=0"}) {
      assertThat(Languages.readable("a" + part.repeat(1_990 / part.length()) + "\0")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "GZIP|true",
        "deflate, gzip;q=1.0|true",
        "*|true",
        "br, *;q=0.1|true",
        "gzip;q=0|false",
        "gzip; q=0.000|false",
        "*;q=0|false",
        "gzip;q=0, *|false",
        "identity|false",
        "br|false",
        "xgzip|false",
        ";|false"
      })
  void gzip_is_for_those_who_accept_it(String header, boolean gzip) {
    assertThat(AnswerFilter.acceptsGzip(header)).isEqualTo(gzip);
    assertThat(AnswerFilter.acceptsGzip(null)).isFalse();
  }
}
