package io.serversence.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.config.Yaml;
import io.serversence.config.YamlText;
import io.serversence.database.Kept;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document does to all that is configured, and what it leaves alone. */
class InventoryTest {
  private static final String ALL =
      """
      monitors:
        - name: Shop front
          target:
            type: http
            url: https://shop.example/health
            headers: {Authorization: secret-of-a-header, Accept: text/plain}
            auth: {basic: {username: u, password: secret-of-a-target}}
          dependsOn: [gateway]
        - {id: gateway, name: Gateway, target: {type: tcp, host: h, port: 1}}
        - {name: Beats, target: {type: heartbeat, grace: 1m}}
      channels:
        - {name: Hook, type: webhook, url: "https://h.example/", secret: secret-of-a-hook}
        - {name: Chat, type: slack, url: "https://hooks.slack.com/services/secret-of-slack"}
        - name: Mail
          type: email
          to: [ops@example.org]
          smtp: {host: h, username: u, password: secret-of-mail}
      routes:
        - name: Night
          channels: [hook]
          match: {severity: [critical]}
          escalation: [{after: 5m, channels: [chat]}]
          quietHours: {from: "22:00", to: "06:00", days: [sat]}
      maintenanceWindows:
        - {name: Patch day, startsAt: "2026-11-24T22:00:00Z", duration: 2h}
      statusPages:
        - {title: Shop, monitors: [shop-front], match: {tags: [public]}, published: true}
      """;

  private final List<String> done = new ArrayList<>();
  private final Inventory inventory =
      new Inventory(
          Kind.ALL.stream().<Shelf<?>>map(kind -> new MemoryShelf<>(kind, done)).toList());

  private Plan apply(String yaml) {
    return inventory.apply(Declaration.read(Yaml.read(yaml).asJsonObject()), false);
  }

  private void applyFile(String yaml) {
    inventory.applyFile(Declaration.read(Yaml.read(yaml).asJsonObject()).alone());
  }

  private String written() {
    return YamlText.of(inventory.written());
  }

  private static List<String> names(List<Plan.Step> steps) {
    return steps.stream().map(Plan.Step::what).toList();
  }

  @Test
  void everything_is_created_in_an_order_that_works() {
    Plan plan = apply(ALL);
    assertThat(names(plan.create()))
        .containsExactly(
            "monitors/shop-front",
            "monitors/gateway",
            "monitors/beats",
            "channels/hook",
            "channels/chat",
            "channels/mail",
            "routes/night",
            "maintenance-windows/patch-day",
            "status-pages/shop");
    assertThat(done).hasSize(9).allMatch(what -> what.startsWith("create "));
    assertThat(plan.write().toString()).contains("\"update\":[],\"delete\":[],\"unchanged\":0");
  }

  @Test
  void what_was_read_changes_nothing_when_it_is_sent_back_and_shows_no_secret() {
    apply(ALL);
    String yaml = written();
    assertThat(yaml).contains("***").doesNotContain("secret-of");
    JsonObject before = stored();
    done.clear();

    Plan plan = apply(yaml);

    assertThat(plan.write())
        .isEqualTo(Json.parse("{\"create\":[],\"update\":[],\"delete\":[],\"unchanged\":9}"));
    assertThat(done).isEmpty();
    assertThat(stored()).isEqualTo(before);
    assertThat(before.toString()).contains("secret-of-a-target", "secret-of-slack");
  }

  private JsonObject stored() {
    var all = Json.object();
    inventory.shelves().forEach(shelf -> all.add(shelf.kind().section(), stored(shelf)));
    return all.build();
  }

  private static <T> JsonObject stored(Shelf<T> shelf) {
    var all = Json.object();
    shelf.all().forEach(k -> all.add(k.id(), shelf.kind().writer().write(k.value(), true)));
    return all.build();
  }

  @Test
  void a_secret_stays_when_something_else_changes() {
    apply(ALL);
    Plan plan = apply(written().replace("username: u", "username: v"));
    assertThat(names(plan.update())).containsExactly("monitors/shop-front", "channels/mail");
    assertThat(stored().toString())
        .contains("secret-of-a-target", "secret-of-mail", "\"username\":\"v\"");
  }

  @Test
  void a_section_is_the_whole_truth_and_no_section_says_nothing() {
    apply(ALL);
    done.clear();

    Plan plan = apply("statusPages: []\nroutes: []\nmonitors:\n");

    assertThat(names(plan.delete())).containsExactly("status-pages/shop", "routes/night");
    assertThat(plan.unchanged()).isZero();
    assertThat(done).containsExactly("delete status-pages/shop", "delete routes/night");
    assertThat(
            names(
                apply("channels: [{id: hook, name: H, type: webhook, url: 'http://h'}]").delete()))
        .containsExactly("channels/chat", "channels/mail");
  }

  @Test
  void a_trial_changes_nothing() {
    Declaration all = Declaration.read(Yaml.read(ALL).asJsonObject());
    assertThat(inventory.apply(all, true).create()).hasSize(9);
    assertThat(done).isEmpty();
    assertThat(written()).isEqualTo(YamlText.of(inventory.written())).contains("monitors: []");
  }

  @Test
  void the_names_of_rest_are_taken_for_sections_too() {
    apply(ALL);
    assertThat(names(apply("status-pages: []\nmaintenance-windows: []").delete())).hasSize(2);
  }

  @Test
  void what_the_file_manages_is_neither_changed_nor_removed() {
    applyFile(ALL);
    done.clear();

    assertThat(apply(written()).unchanged()).isEqualTo(9);
    assertThat(names(apply("monitors: []\nchannels: []").delete())).isEmpty();
    assertThatThrownBy(() -> apply(written().replace("grace: 1m", "grace: 2m")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("the configuration file manages monitors/beats");
    assertThat(done).isEmpty();
  }

  @Test
  void what_the_file_no_longer_names_is_given_back() {
    applyFile(ALL);
    done.clear();
    applyFile(ALL);
    assertThat(done).as("nothing has changed").isEmpty();

    applyFile("monitors: [{id: gateway, name: Gateway, target: {type: tcp, host: h, port: 2}}]");

    assertThat(done).hasSize(9).contains("file monitors/gateway", "free channels/hook");
    assertThat(names(apply("statusPages: []").delete())).containsExactly("status-pages/shop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "monitors: [{name: a}]|monitors[0].target: is required",
        "monitor: []|monitor: is not a known field",
        "settings: {}|settings: is not a known field",
        "monitors: 3|monitors: must be a list",
        "monitors: [3]|monitors[0]: must be a mapping",
        "channels: [{name: a, type: slack, url: '***'}]|channels[0].url: ",
        "channels: [{name: a, type: webhook, url: 'http://a', secret: '***'}]|and nothing is",
        "routes: [{name: a, channels: [b]}]|routes[0].channels[0]: is no channel",
        "statusPages: [{title: a, monitors: [b]}]|statusPages[0].monitors[0]: is no monitor",
        "statusPages: [{title: a, colour: 1}]|statusPages[0].colour: is not a known field",
        "statusPages: [{title: a}, {id: a, title: b}]|statusPages[1].id: a is there twice",
        "monitors: [{name: a, dependsOn: [b], target: {type: heartbeat}}, {name: b, dependsOn: [a],"
            + " target: {type: heartbeat}}]|monitors: dependsOn of a makes a cycle: a -> b -> a",
      })
  void a_fault_is_told_with_its_place_and_changes_nothing(String yaml, String told) {
    assertThatThrownBy(() -> apply(yaml))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining(told);
    assertThatThrownBy(() -> applyFile(yaml))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining(told);
    assertThat(done).isEmpty();
  }

  @Test
  void dependencies_can_be_turned_round_at_once() {
    String beats =
        "monitors: [{name: a, dependsOn: [%s], target: {type: heartbeat}},"
            + " {name: b, dependsOn: [%s], target: {type: heartbeat}}]";
    apply(beats.formatted("b", ""));
    assertThat(apply(beats.formatted("", "a")).update()).hasSize(2);
  }

  @Test
  void a_page_may_show_a_monitor_that_is_made_with_it_or_is_there() {
    apply(
        "monitors: [{name: a, target: {type: heartbeat}}]\nstatusPages: [{id: p, title: P,"
            + " monitors: [a]}]");
    assertThat(apply("statusPages: [{id: q, title: Q, monitors: [a]}]").create()).hasSize(1);
    assertThatThrownBy(() -> apply("monitors: []\nstatusPages: [{title: P, monitors: [a]}]"))
        .isInstanceOf(InvalidDocument.class)
        .hasMessageContaining("statusPages[0].monitors[0]: is no monitor");
  }

  @Test
  void a_channel_that_a_route_uses_is_not_removed() {
    apply(ALL);
    done.clear();
    assertThatThrownBy(() -> apply("channels: []"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("the channel chat is in use by the route night");
    assertThat(done).isEmpty();
    assertThat(apply("channels: []\nroutes: []").delete()).hasSize(4);
  }

  /** Keeps things in a map, and remembers what was done to it. */
  private static final class MemoryShelf<T> implements Shelf<T> {
    private final Kind<T> kind;
    private final List<String> done;
    private final Map<String, Kept<T>> all = new TreeMap<>();

    MemoryShelf(Kind<T> kind, List<String> done) {
      this.kind = kind;
      this.done = done;
    }

    @Override
    public Kind<T> kind() {
      return kind;
    }

    @Override
    public List<Kept<T>> all() {
      return List.copyOf(all.values());
    }

    private void put(String what, T value, long revision, boolean byFile) {
      String id = kind.id().apply(value);
      Instant at = Instant.EPOCH;
      all.put(id, new Kept<>(id, value, revision, byFile, at, at));
      done.add(what + " " + kind.path() + "/" + id);
    }

    @Override
    public void create(T value, boolean byFile) {
      assertThat(all).doesNotContainKey(kind.id().apply(value));
      put("create", value, 1, byFile);
    }

    @Override
    public void replace(T value, long revision) {
      assertThat(all.get(kind.id().apply(value)).revision()).isEqualTo(revision);
      put("update", value, revision + 1, false);
    }

    @Override
    public void replaceByFile(T value, boolean byFile) {
      long revision = all.get(kind.id().apply(value)).revision();
      put(byFile ? "file" : "free", value, revision + 1, byFile);
    }

    @Override
    public void delete(String id, long revision) {
      assertThat(all.remove(id).revision()).isEqualTo(revision);
      done.add("delete " + kind.path() + "/" + id);
    }
  }
}
