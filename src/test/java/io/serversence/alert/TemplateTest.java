package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of one's own that a channel's messages may have. */
class TemplateTest {
  private static final URI URL = URI.create("https://chat.example/x");

  private static JsonObject document(String type, JsonObject template) {
    return Json.object()
        .add("name", "c")
        .add("type", type)
        .add("url", URL.toString())
        .add("template", template)
        .build();
  }

  private static JsonObject template(String field, String text) {
    return Json.object().add(field, text).build();
  }

  private static Words words(String title, String body, Message message) {
    return new Words(message, new Template(title, body));
  }

  @Test
  void every_value_has_its_word() {
    Message message = Messages.of(AlertEvent.OPENED, 25);
    String all =
        Stream.of(Template.Value.values())
            .map(v -> v.word() + "={{" + v.word() + "}};")
            .collect(Collectors.joining("\n"));
    String text = words(null, all, message).body(Markup.PLAIN, 20_000);
    assertThat(text)
        .contains("event=opened;", "title=DOWN: 25 monitors;", "name=Shop 0;")
        .contains("names=Shop 0, Shop 2, ", "monitor=shop-0;", "group=shop;", "tags=eu;")
        .contains("severity=critical;", "state=open;", "duration=5 min 30 s;")
        .contains("cause=connection refused;", "since=2026-11-22T10:10:00.123Z;")
        .contains("acknowledgedBy=;", "count=25;", "hint=Look and acknowledge;")
        .contains("link=Look and acknowledge: https://s.example/i?a=1&b=2;")
        .contains("and 5 more\n;")
        .doesNotContain("{{");
  }

  @ParameterizedTest
  @EnumSource
  void values_are_escaped_for_the_medium_and_what_is_around_them_is_not(Markup markup) {
    Message message = Messages.of(AlertEvent.OPENED, 1, Messages.NASTY, Messages.NASTY);
    Words words = words("<{{name}}>", "<i>{{ name }}</i> *{{cause}}*", message);
    String name = markup.escape(Messages.NASTY + " 0");
    assertThat(words.title()).isEqualTo("<" + Messages.NASTY + " 0>");
    assertThat(words.body(markup, 4_000))
        .isEqualTo("<i>" + name + "</i> *" + markup.escape(Messages.NASTY) + "*");
    assertThat(words.text(markup, 4_000))
        .startsWith(markup.bold(markup.escape("<" + Messages.NASTY + " 0>")));
  }

  @Test
  void a_value_that_looks_like_a_name_stays_as_it_is() {
    Message message = Messages.of(AlertEvent.OPENED, 1, "{{cause}} $1 \\", "x");
    assertThat(words("{{name}}", null, message).title()).isEqualTo("{{cause}} $1 \\ 0");
  }

  @Test
  void the_list_takes_what_room_the_rest_leaves_and_what_is_too_long_is_said_as_usual() {
    Message message = Messages.of(AlertEvent.OPENED, 900, Messages.NASTY, "y".repeat(300));
    String listed = words(null, "Oh no!\n{{list}}", message).body(Markup.SLACK, 1_000);
    assertThat(listed.length()).isLessThanOrEqualTo(1_000);
    assertThat(listed).startsWith("Oh no!\n*").contains(" more\n");
    String usual = Wording.body(message, Markup.SLACK, 1_000);
    assertThat(words(null, "{{cause}}".repeat(20), message).body(Markup.SLACK, 1_000))
        .isEqualTo(usual);
    assertThat(words("{{names}} {{names}} {{names}}", null, message).title().length())
        .isLessThanOrEqualTo(500);
  }

  @Test
  void a_test_without_an_incident_leaves_values_empty() {
    Message message = Messages.of(AlertEvent.TEST, 0);
    assertThat(words("[{{event}}] {{name}}{{group}}", null, message).title()).isEqualTo("[test]");
  }

  @ParameterizedTest
  @CsvSource({
    "title, Hello {{nobody}}, template.title, {{nobody}}",
    "body, {{title}} {{Cause}}, template.body, {{Cause}}",
    "body, {{#if}}x, template.body, braces",
    "body, {{title, template.body, braces",
    "title, x {{list}}, template.title, body",
    "colour, red, template.colour, ",
  })
  void a_fault_is_named_with_its_field(String field, String text, String at, String says) {
    assertThatThrownBy(() -> ChannelDocument.read(document("slack", template(field, text)), null))
        .isInstanceOfSatisfying(
            InvalidDocument.class,
            e -> assertThat(e.errors().toString()).contains(at).contains(says == null ? "" : says));
  }

  @Test
  void what_has_a_form_of_its_own_takes_no_template() {
    assertThatThrownBy(
            () -> ChannelDocument.read(document("webhook", template("title", "x")), null))
        .isInstanceOfSatisfying(
            InvalidDocument.class, e -> assertThat(e.errors().toString()).contains("template"));
    assertThatThrownBy(() -> ChannelDocument.read(document("slack", Json.object().build()), null))
        .isInstanceOf(InvalidDocument.class);
  }

  @Test
  void it_is_written_as_it_was_read_and_goes_with_null() {
    JsonObject own =
        Json.object().add("title", "{{count}} down").add("body", "{{list}}\n{{link}}").build();
    Channel channel = ChannelDocument.read(document("discord", own), null);
    JsonObject written = ChannelDocument.write(channel, true);
    assertThat(written.getJsonObject("template")).isEqualTo(own);
    assertThat(ChannelDocument.read(written, null)).isEqualTo(channel);
    JsonObject without = Json.object(written).addNull("template").build();
    assertThat(ChannelDocument.read(without, channel).template()).isNull();
  }

  @Test
  void a_preview_shows_what_people_would_read_and_no_secret() {
    Message message = Messages.of(AlertEvent.RESOLVED, 1, "<Shop>", "x");
    Channel slack =
        new Channel(
            "c",
            "C",
            true,
            false,
            new ChannelSettings.Slack(URL),
            new Template("{{name}} is back", "after {{duration}} *!*"));
    assertThat(Preview.of(slack, message))
        .isEqualTo(new Preview(AlertEvent.RESOLVED, "<Shop> 0 is back", "after 5 min 30 s *!*"));
    Channel duty =
        new Channel("c", "C", true, false, new ChannelSettings.PagerDuty("R0UT1NG"), null);
    assertThat(Preview.of(duty, message).text())
        .contains("\"event_action\":\"resolve\"")
        .doesNotContain("R0UT1NG");
  }
}
