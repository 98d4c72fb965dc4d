package io.serversence.page;

import static io.serversence.page.PageLanguage.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.document.Json;
import io.serversence.page.StatusView.Day;
import io.serversence.page.StatusView.Outage;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusView.Work;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What is written for people outside: whole, well formed, and never markup of somebody else's. */
class PublicFormsTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");
  private static final String NASTY = "</title><script>alert('x')</script>\" & \u0001\ufffe<b>";

  private static Document parsed(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(xml, e);
    }
  }

  private static String text(Element in, String name) {
    return in.getElementsByTagName(name).item(0).getTextContent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop front", NASTY, "", "漢字", "😀😀", "a\nb"})
  void a_badge_is_well_formed_and_says_what_it_shows(String name) {
    Badge badge = Badge.ofState(name, PageState.DOWN);
    Element svg = parsed(badge.svg()).getDocumentElement();
    String title = text(svg, "title");
    assertThat(title).endsWith(": Down");
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("aria-label").replace(' ', '\n'))
        .isEqualTo(title.replace(' ', '\n'));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(badge.svg()).doesNotContain("style", "href", "@import");
  }

  @Test
  void the_value_of_a_badge_is_rounded_down_and_colours_what_is_bad() {
    assertThat(Badge.ofUptime("a", "7", 0.999999))
        .extracting(Badge::value, Badge::colour)
        .containsExactly("99.99% in 7 d", Badge.GOOD);
    assertThat(Badge.ofUptime("a", "7", 1.0).value()).isEqualTo("100% in 7 d");
    assertThat(Badge.ofUptime("a", "30", 0.995).colour()).isEqualTo(Badge.FAIR);
    assertThat(Badge.ofUptime("a", "30", 0.5).colour()).isEqualTo(Badge.BAD);
    assertThat(Badge.ofUptime("a", "7", null))
        .extracting(Badge::value, Badge::colour)
        .containsExactly("no data", Badge.NONE);
    assertThat(Badge.ofLatency("a", 123_456.0).value()).isEqualTo("123 ms");
    assertThat(Badge.ofLatency("a", null).title()).isEqualTo("a: latency no data, last 24 hours");
    assertThat(Badge.ofState("x".repeat(100), PageState.UP).label()).hasSize(40).endsWith("…");
  }

  @Test
  void a_feed_has_what_atom_demands() {
    AtomFeed feed =
        new AtomFeed(
            NASTY,
            "https://s.example/feed?a=1&b=2",
            "https://s.example/",
            Instant.EPOCH,
            List.of(
                new AtomFeed.Entry("id-1", "A", "https://s.example/", AT, AT, "t"),
                new AtomFeed.Entry(
                    "id-2", NASTY, "https://s.example/", AT, AT.plusSeconds(9), NASTY)));

    Element root = parsed(feed.xml()).getDocumentElement();

    assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
    assertThat(text(root, "id")).isEqualTo("https://s.example/feed?a=1&b=2");
    assertThat(text(root, "updated")).isEqualTo("2026-11-22T10:15:39.123Z");
    assertThat(text(root, "name")).isEqualTo("ServerSence");
    assertThat(root.getElementsByTagName("entry").getLength()).isEqualTo(2);
    Element second = (Element) root.getElementsByTagName("entry").item(1);
    assertThat(text(second, "id")).isEqualTo("urn:uuid:id-2");
    assertThat(text(second, "content")).startsWith("</title><script>");
    String empty = new AtomFeed("t", "s", "l", Instant.EPOCH, List.of()).xml();
    assertThat(text(parsed(empty).getDocumentElement(), "updated"))
        .isEqualTo("1970-01-01T00:00:00.000Z");
  }

  private static StatusView view(String text, PageState... states) {
    StatusPage page = new StatusPage("shop", text, text, List.of(), null, true);
    List<Day> days = List.of(new Day(null, false), new Day(0.5, false), new Day(1.0, true));
    List<Row> rows = new ArrayList<>();
    for (PageState state : states) {
      rows.add(new Row("m" + rows.size(), text, state, AT, 0.9999999, days));
    }
    return new StatusView(
        page,
        AT,
        AT,
        rows,
        List.of(
            new Outage("i1", "m0", text, AT, null, true, AT),
            new Outage("i2", "m0", text, AT, AT, false, AT)),
        List.of(new Work(text, AT, AT, List.of(text, "b", "c", "d", "e", "f"))),
        true);
  }

  @Test
  void a_page_has_its_texts_escaped_and_no_script_or_style_of_its_own() {
    String html = StatusHtml.of(view(NASTY, PageState.DOWN, PageState.UP), ENGLISH);

    assertThat(html).doesNotContain("<script>", "<b>", "style=", "onclick", "<style", "\u0001");
    assertThat(html).containsOnlyOnce("<script ").contains("<script type=\"module\" src=");
    assertThat(html)
        .contains("Some systems are down")
        .contains("Down since <time datetime=\"2026-11-22T10:15:30.123Z\">")
        .contains("Somebody is at work on it.")
        .contains("99.99% available, seen on 2 of 90 days, with outages on 1 of them.")
        .contains("and 1 more");
    assertThat(html.indexOf("Incidents under way")).isLessThan(html.indexOf("Maintenance</h2>"));
  }

  @Test
  void what_is_told_live_is_what_the_page_has() {
    StatusView view = view(NASTY, PageState.DOWN, PageState.UP);
    String html = StatusHtml.of(view, ENGLISH);

    Map<String, String> parts = StatusHtml.parts(view, ENGLISH);
    assertThat(parts.keySet()).containsExactly("title", "head", "open", "systems", "works", "past");
    parts.forEach(
        (id, part) -> {
          if (id.equals("title")) {
            assertThat(html).contains("<title>" + XmlText.of(part) + "</title>");
          } else {
            assertThat(html).contains(part.replace("</ul>\n</section>\n", ""));
            assertThat(part).startsWith("<").contains("id=\"" + id + "\"");
          }
        });
    for (Row row : view.rows()) {
      String part = StatusHtml.row(row, true, ENGLISH);
      assertThat(html).contains(part);
      assertThat(part).startsWith("<li class=\"system\" id=\"system-" + row.id() + "\"");
    }
    assertThat(PageForm.HTML.fields(view, ENGLISH).keySet()).isEqualTo(parts.keySet());
  }

  @Test
  void every_form_of_the_stream_is_one_line_of_json_and_says_no_more_than_the_summary() {
    StatusView view = view("a\nb" + NASTY, PageState.DOWN);
    for (PageForm form : PageForm.values()) {
      form.fields(view, ENGLISH)
          .values()
          .forEach(json -> assertThat(json).doesNotContain("\n", "\r"));
      assertThat(form.rows(view, ENGLISH).apply(view.rows().get(0))).doesNotContain("\n", "\r");
    }
    PageForm.DATA
        .fields(view, ENGLISH)
        .forEach((name, json) -> assertThat(view.write(ENGLISH).get(name)).hasToString(json));
    assertThat(view.write(ENGLISH).getJsonArray("monitors").get(0))
        .hasToString(PageForm.DATA.rows(view, ENGLISH).apply(view.rows().get(0)));
  }

  @Test
  void without_a_past_the_present_is_shown() {
    StatusView all = view("Shop", PageState.UP);
    StatusView now = new StatusView(all.page(), AT, AT, all.rows(), List.of(), List.of(), false);
    assertThat(StatusHtml.of(now, ENGLISH))
        .contains("All systems are operational", "The past cannot be shown at the moment.")
        .doesNotContain("90 days", "There were none.");
  }

  @Test
  void the_worst_state_is_that_of_all() {
    assertThat(view("a", PageState.UP, PageState.PAUSED).headline(ENGLISH.words()))
        .isEqualTo("All systems are operational");
    assertThat(
            view("a", PageState.UP, PageState.UNKNOWN, PageState.DEGRADED)
                .headline(ENGLISH.words()))
        .isEqualTo("Some systems are degraded");
    assertThat(view("a", PageState.DOWN, PageState.DOWN).headline(ENGLISH.words()))
        .isEqualTo("Everything is down");
    assertThat(view("a").headline(ENGLISH.words())).isEqualTo("There is nothing to show yet");
    assertThat(view("a", PageState.UP, PageState.MAINTENANCE).write(ENGLISH).getString("state"))
        .isEqualTo("MAINTENANCE");
  }

  @Test
  void the_summary_has_no_more_than_the_page() {
    var written = view("Shop", PageState.UP).write(ENGLISH);
    assertThat(written.keySet())
        .containsExactly(
            "id",
            "title",
            "description",
            "at",
            "state",
            "headline",
            "past",
            "incidents",
            "maintenance",
            "monitors");
    assertThat(written.getJsonArray("monitors").getJsonObject(0).get("availability"))
        .isEqualTo(Json.parse("0.999999"));
  }
}
