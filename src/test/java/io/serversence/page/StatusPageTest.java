package io.serversence.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on a status page, and how one is written down. */
class StatusPageTest {
  private static ConfiguredMonitor monitor(int n, String id, String name, String group) {
    var document =
        Json.object()
            .add("id", id)
            .add("name", name)
            .add("group", group)
            .add("target", Json.object().add("type", "heartbeat"));
    return new ConfiguredMonitor(
        n, MonitorDocument.read(document.build(), null), 1, false, Instant.EPOCH, Instant.EPOCH);
  }

  private static final List<ConfiguredMonitor> ALL =
      List.of(
          monitor(1, "a", "Zebra", "shop"),
          monitor(2, "b", "Ape", "shop"),
          monitor(3, "c", "Cow", "office"),
          monitor(4, "d", "Dog", "office"));

  private static StatusPage page(String json) {
    return StatusPageDocument.read(
        Json.parse(json.replace('\'', '"')).asJsonObject(), null, key -> !key.equals("never"));
  }

  private static List<String> shown(String json) {
    StatusPage page = page(json);
    List<String> shown = page.of(ALL).stream().map(ConfiguredMonitor::id).toList();
    assertThat(ALL.stream().filter(m -> page.shows(m.monitor())).map(ConfiguredMonitor::id))
        .containsExactlyInAnyOrderElementsOf(shown);
    return shown;
  }

  @Test
  void what_is_named_comes_first_and_then_what_matches_by_name() {
    assertThat(shown("{'title':'T','monitors':['d','gone','c'],'match':{'group':['shop']}}"))
        .containsExactly("d", "c", "b", "a");
    assertThat(shown("{'title':'T','monitors':['a'],'match':{'group':['shop']}}"))
        .containsExactly("a", "b");
    assertThat(shown("{'title':'T','match':{}}")).containsExactly("b", "c", "d", "a");
  }

  @Test
  void a_page_that_says_nothing_shows_nothing() {
    assertThat(shown("{'title':'T'}")).isEmpty();
    assertThat(shown("{'title':'T','match':null}")).isEmpty();
    assertThat(page("{'title':'T'}").published()).isFalse();
  }

  @Test
  void what_is_gone_can_be_left_out_of_its_names() {
    StatusPage page = page("{'title':'T','monitors':['a','gone','b'],'published':true}");
    assertThat(page.naming(key -> true)).isSameAs(page);
    assertThat(page.naming(key -> !key.equals("gone")))
        .isEqualTo(page("{'title':'T','monitors':['a','b'],'published':true}"));
  }

  @Test
  void it_has_an_end() {
    List<ConfiguredMonitor> many =
        IntStream.range(0, 600).mapToObj(n -> monitor(n, "m" + n, "M", "g")).toList();
    assertThat(page("{'title':'T','match':{}}").of(many)).hasSize(StatusPage.MOST);
  }

  @Test
  void it_is_read_as_it_was_written() {
    for (String json :
        List.of(
            "{'title':'The shop'}",
            "{'id':'x','title':'T','description':'two\\nlines','monitors':['a','b'],"
                + "'match':{'tags':['t'],'severity':['info']},'published':true}")) {
      StatusPage page = page(json);
      assertThat(StatusPageDocument.read(StatusPageDocument.write(page), null, key -> true))
          .isEqualTo(page);
      assertThat(StatusPageDocument.read(StatusPageDocument.write(page), page, key -> true))
          .isEqualTo(page);
    }
    assertThat(page("{'title':'The shop'}").id()).isEqualTo("the-shop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|title: is required",
        "{'title':'T','colour':1}|colour: is not a known field",
        "{'title':'T','monitors':['A b']}|monitors[0]: must be a key",
        "{'title':'T','monitors':['a','a','never']}|monitors[2]: is no monitor",
        "{'title':'T','match':{'severity':['x']}}|match.severity[0]: must be one of",
        "{'title':'T','match':[]}|match: must be",
        "{'title':'T','published':'yes'}|published: must be true or false",
      })
  void a_fault_names_its_field(String json, String told) {
    assertThatThrownBy(() -> page(json))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining(told);
  }
}
