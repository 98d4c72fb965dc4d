package io.serversence.history;

import static io.serversence.history.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.access.SecretBox;
import io.serversence.access.SecretKey;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.Duplicate;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class MonitorStoreTest {
  @Parameter Backend backend;

  private Database database;
  private MonitorStore monitors;
  private Ledger ledger;

  @BeforeEach
  void open() {
    database = backend.cleared();
    monitors = new MonitorStore(database);
    ledger = new Ledger(database);
    while (monitors.sweep(1_000)) {
      // what other tests have deleted
    }
  }

  @Test
  void an_inserted_monitor_is_read_back_as_it_was() {
    Monitor nasty =
        Given.monitor(
            "shop-front",
            ",'group':'läden 💥','tags':['prod','it is \\\\ so'],'description':'%s',"
                    .formatted("x".repeat(2_000))
                + "'enabled':false,'interval':'90s','severity':'info'");
    ConfiguredMonitor inserted = monitors.insert(nasty, true, NOW);
    assertThat(inserted.revision()).isEqualTo(1);
    assertThat(inserted.managedByFile()).isTrue();
    assertThat(monitors.all()).hasSize(1);
    ConfiguredMonitor read = monitors.all().get(0);
    assertThat(MonitorDocument.write(read.monitor(), true))
        .isEqualTo(MonitorDocument.write(nasty, true));
    assertThat(read.n()).isEqualTo(inserted.n());
    assertThat(read.createdAt()).isEqualTo(NOW);
    assertThat(read.updatedAt()).isEqualTo(NOW);
    assertThat(read.managedByFile()).isTrue();
  }

  @Test
  void times_are_kept_to_the_microsecond() {
    Instant fine = Instant.parse("2026-11-22T10:15:30.123456789Z");
    assertThat(monitors.insert(Given.monitor("a"), false, fine).createdAt()).isEqualTo(NOW);
    assertThat(monitors.all().get(0).createdAt()).isEqualTo(NOW);
  }

  @Test
  void all_are_ordered_by_key() {
    for (String id : List.of("b", "a-2", "a", "c", "a1")) {
      monitors.insert(Given.monitor(id), false, NOW);
    }
    assertThat(monitors.all()).extracting(ConfiguredMonitor::id).contains("a", "a-2", "a1");
    assertThat(monitors.all()).hasSize(5);
  }

  @Test
  void numbers_are_never_used_again() {
    ConfiguredMonitor first = monitors.insert(Given.monitor("a"), false, NOW);
    monitors.delete(first.n(), null);
    assertThat(monitors.insert(Given.monitor("a"), false, NOW).n()).isGreaterThan(first.n());
  }

  @Test
  void a_taken_key_is_a_duplicate_and_changes_nothing() {
    monitors.insert(Given.monitor("a"), false, NOW);
    assertThatThrownBy(() -> monitors.insert(Given.monitor("a"), true, NOW))
        .isInstanceOf(Duplicate.class);
    assertThat(monitors.all()).hasSize(1);
    assertThat(monitors.all().get(0).managedByFile()).isFalse();
  }

  @Test
  void an_update_replaces_the_monitor_and_keeps_when_it_was_created() {
    ConfiguredMonitor old = monitors.insert(Given.monitor("a"), false, NOW);
    ConfiguredMonitor changed = changed(old, "b", NOW.plusSeconds(5));
    monitors.update(changed, 1, null);
    ConfiguredMonitor read = monitors.all().get(0);
    assertThat(read.monitor().description()).isEqualTo("b");
    assertThat(read.revision()).isEqualTo(2);
    assertThat(read.createdAt()).isEqualTo(NOW);
    assertThat(read.updatedAt()).isEqualTo(NOW.plusSeconds(5));
  }

  private static ConfiguredMonitor changed(ConfiguredMonitor old, String description, Instant now) {
    return new ConfiguredMonitor(
        old.n(),
        Given.monitor(old.id(), ",'description':'" + description + "'"),
        old.revision() + 1,
        old.managedByFile(),
        old.createdAt(),
        now);
  }

  @Test
  void a_stale_update_is_refused_and_changes_nothing() {
    ConfiguredMonitor old = monitors.insert(Given.monitor("a"), false, NOW);
    monitors.update(changed(old, "first", NOW), 1, null);
    assertThatThrownBy(() -> monitors.update(changed(old, "second", NOW), 1, null))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.reason()).isEqualTo(Refused.Reason.STALE));
    assertThat(monitors.all().get(0).monitor().description()).isEqualTo("first");
  }

  @Test
  void an_update_of_what_is_gone_is_refused() {
    ConfiguredMonitor old = monitors.insert(Given.monitor("a"), false, NOW);
    monitors.delete(old.n(), null);
    assertThatThrownBy(() -> monitors.update(changed(old, "b", NOW), 1, null))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.reason()).isEqualTo(Refused.Reason.NOT_FOUND));
  }

  @Test
  void an_update_resolves_the_incident_with_it_or_not_at_all() {
    ConfiguredMonitor old = monitors.insert(Given.monitor("a"), false, NOW);
    Incident incident = Given.incident(old.n(), NOW);
    ledger.write(List.of(Given.opened(incident)));
    IncidentStore incidents = new IncidentStore(database);
    Fact.IncidentResolved resolved = Given.resolved(incident.id(), NOW.plusSeconds(9));

    assertThatThrownBy(() -> monitors.update(changed(old, "b", NOW), 7, resolved))
        .isInstanceOf(Refused.class);
    assertThat(incidents.openOnes()).hasSize(1);

    monitors.update(changed(old, "b", NOW), 1, resolved);
    assertThat(incidents.openOnes()).isEmpty();
    assertThat(incidents.timeline(incident.id(), null, 10)).hasSize(4);
  }

  @Test
  void a_deleted_monitor_leaves_its_incident_resolved_and_nothing_else() {
    ConfiguredMonitor gone = monitors.insert(Given.monitor("gone"), false, NOW);
    ConfiguredMonitor other = monitors.insert(Given.monitor("other"), false, NOW);
    Incident incident = Given.incident(gone.n(), NOW);
    ledger.write(
        List.of(
            Given.taken(gone.n(), NOW),
            Given.taken(other.n(), NOW),
            new Fact.StateChanged(gone.n(), MonitorState.DOWN, NOW, null),
            new Fact.StateChanged(other.n(), MonitorState.UP, NOW, null),
            Given.opened(incident)));
    monitors.delete(gone.n(), Given.resolved(incident.id(), NOW.plusSeconds(9)));

    assertThat(monitors.all()).extracting(ConfiguredMonitor::id).containsExactly("other");
    assertThat(new StateStore(database).all()).containsOnlyKeys(other.n());
    while (monitors.sweep(10)) {
      assertThat(monitors.all()).hasSize(1);
    }
    SampleStore samples = new SampleStore(database);
    Instant end = NOW.plusSeconds(1);
    assertThat(samples.page(gone.n(), NOW, end, Set.of(), null, 10)).isEmpty();
    assertThat(samples.page(other.n(), NOW, end, Set.of(), null, 10)).hasSize(1);
    assertThat(new IncidentStore(database).find(incident.id()).orElseThrow().state())
        .isEqualTo(IncidentState.RESOLVED);
  }

  @Test
  void samples_of_deleted_monitors_are_swept_a_part_at_a_time() {
    List<ConfiguredMonitor> gone = new ArrayList<>();
    for (String id : List.of("a", "b", "kept")) {
      gone.add(monitors.insert(Given.monitor(id), false, NOW));
    }
    ConfiguredMonitor kept = gone.remove(2);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      facts.add(Given.taken(gone.get(0).n(), NOW.plusSeconds(i)));
      facts.add(Given.taken(gone.get(1).n(), NOW.plusSeconds(i)));
      facts.add(Given.taken(kept.n(), NOW.plusSeconds(i)));
    }
    ledger.write(facts);
    assertThat(monitors.sweep(10)).isFalse();
    gone.forEach(monitor -> monitors.delete(monitor.n(), null));
    monitors.delete(gone.get(0).n(), null); // is gone already

    assertThat(count(gone.get(0), gone.get(1))).isEqualTo(50);
    assertThat(monitors.sweep(10)).isTrue();
    assertThat(count(gone.get(0), gone.get(1))).isEqualTo(40);
    int rounds = 1;
    while (monitors.sweep(10)) {
      rounds++;
    }
    assertThat(rounds).isEqualTo(6);
    assertThat(count(gone.get(0), gone.get(1))).isZero();
    assertThat(count(kept)).isEqualTo(25);
  }

  private int count(ConfiguredMonitor... of) {
    SampleStore samples = new SampleStore(database);
    int count = 0;
    for (ConfiguredMonitor monitor : of) {
      count += samples.page(monitor.n(), NOW, NOW.plusSeconds(99), Set.of(), null, 99).size();
    }
    return count;
  }

  private static final String SECRETS =
      "{'id':'secret','name':'S','target':{'type':'http','url':'http://h.example/',"
          + "'headers':{'X-Api-Key':'canary-1','Accept':'a/b'},"
          + "'auth':{'basic':{'username':'u','password':'canary-2'}}}}";

  private static Monitor secretive(String json) {
    return MonitorDocument.read(
        Json.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), null);
  }

  private String atRest() {
    return database.read(
        em ->
            em.createQuery("select m.document from MonitorRow m", String.class).getSingleResult());
  }

  @Test
  void secrets_are_sealed_at_rest_and_nothing_else_is() {
    SecretBox box = SecretBox.of(List.of(SecretKey.random()));
    MonitorStore sealing = new MonitorStore(database, box);
    Monitor monitor = secretive(SECRETS);
    ConfiguredMonitor inserted = sealing.insert(monitor, false, NOW);
    assertThat(atRest()).doesNotContain("canary").contains("sealed:1:", "a/b", "\"u\"");
    assertThat(sealing.all().get(0).monitor().target()).isEqualTo(monitor.target());

    Monitor changed = secretive(SECRETS.replace("canary-2", "canary-3"));
    sealing.update(new ConfiguredMonitor(inserted.n(), changed, 2, false, NOW, NOW), 1, null);

    assertThat(atRest()).doesNotContain("canary");
    assertThat(sealing.all().get(0).monitor().target()).isEqualTo(changed.target());
    assertThat(sealing.reseal()).isZero();
  }

  @Test
  void plain_secrets_and_those_of_an_old_key_are_sealed_anew() {
    Monitor monitor = secretive(SECRETS);
    monitors.insert(monitor, false, NOW);
    monitors.insert(Given.monitor("without"), false, NOW);
    assertThat(monitors.reseal()).isZero();
    SecretKey first = SecretKey.random();
    SecretKey second = SecretKey.random();

    assertThat(new MonitorStore(database, SecretBox.of(List.of(first))).reseal()).isEqualTo(1);
    SecretBox both = SecretBox.of(List.of(second, first));
    assertThat(new MonitorStore(database, both).reseal()).isEqualTo(1);

    MonitorStore last = new MonitorStore(database, SecretBox.of(List.of(second)));
    assertThat(last.reseal()).isZero();
    ConfiguredMonitor read = last.all().get(0);
    assertThat(read.monitor().target()).isEqualTo(monitor.target());
    assertThat(read.revision()).isEqualTo(1);
  }
}
