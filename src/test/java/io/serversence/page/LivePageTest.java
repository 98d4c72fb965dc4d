package io.serversence.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Kept;
import io.serversence.document.Json;
import io.serversence.incident.Ids;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorState;
import io.serversence.page.StatusViews.Recorded;
import io.serversence.stream.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a page that is read live is put together again, and when it ends. */
class LivePageTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long START = 5 * SECOND;

  private static Kept<StatusPage> page(int revision, boolean published, Instant createdAt) {
    StatusPage page = new StatusPage("shop", "Shop", "", List.of("a"), null, published);
    return new Kept<>("shop", page, revision, false, createdAt, createdAt);
  }

  private static Kept<StatusPage> page(int revision, boolean published) {
    return page(revision, published, Instant.EPOCH);
  }

  private static ConfiguredMonitor monitor(String id) {
    var document =
        Json.object()
            .add("id", id)
            .add("name", id)
            .add("target", Json.object().add("type", "heartbeat"));
    return new ConfiguredMonitor(
        1, MonitorDocument.read(document.build(), null), 1, false, Instant.EPOCH, Instant.EPOCH);
  }

  private static List<Change> down(String monitor) {
    return List.of(new Change.StateChanged(monitor(monitor), MonitorState.DOWN, Instant.EPOCH));
  }

  @Test
  void only_what_is_on_it_concerns_it() {
    LivePage page = new LivePage(page(1, true), START);

    assertThat(page.changed(down("a"))).isTrue();
    assertThat(page.changed(down("b"))).isFalse();
    assertThat(
            page.changed(List.of(new Change.Muted(List.of(monitor("b")), null, "silence", "s1"))))
        .isFalse();
    assertThat(page.changed(List.of(new Change.MonitorChanged(Change.Kind.UPDATED, monitor("b")))))
        .as("it may match from now on")
        .isTrue();
  }

  @Test
  void it_ends_for_its_readers_when_it_is_gone_another_one_or_published_no_longer() {
    assertThat(new LivePage(page(1, true), START).configured(page(2, true), 0)).isTrue();
    assertThat(new LivePage(page(1, true), START).configured(null, 0)).isFalse();
    assertThat(new LivePage(page(1, true), START).configured(page(2, false), 0)).isFalse();
    assertThat(
            new LivePage(page(1, true), START)
                .configured(page(1, true, Instant.EPOCH.plusSeconds(1)), 0))
        .isFalse();
    LivePage hidden = new LivePage(page(1, false), START);
    assertThat(hidden.configured(page(2, false), 0)).isTrue();
    assertThat(hidden.configured(page(3, true), 0)).isTrue();
    assertThat(hidden.configured(page(4, false), 0)).isFalse();
  }

  @Test
  void it_waits_a_little_for_its_past_and_no_longer() {
    LivePage page = new LivePage(page(1, true), START);

    assertThat(page.wantsRecord(START)).isTrue();
    assertThat(page.wantsRecord(START)).as("once").isFalse();
    assertThat(page.due(START)).isEqualTo(2 * SECOND);
    assertThat(page.due(START + 2 * SECOND)).isZero();
    page.recorded(Recorded.NOTHING);
    assertThat(page.due(START)).isZero();
    assertThat(page.wantsRecord(START + 9 * SECOND)).isFalse();
    assertThat(page.wantsRecord(START + 10 * SECOND)).as("the database was away").isTrue();
  }

  @Test
  void it_is_left_alone_a_minute_after_its_last_reader() {
    LivePage page = new LivePage(page(1, true), START);
    page.topic(PageForm.DATA, PageLanguage.ENGLISH);

    assertThat(page.unreadFor(START + 60 * SECOND)).isEqualTo(60 * SECOND);
  }

  @Test
  void an_incident_that_ends_is_read_from_the_database() {
    LivePage page = new LivePage(page(1, true), START);
    assertThat(page.wantsRecord(START)).isTrue();
    page.recorded(new Recorded(java.util.Map.of(), List.of(), true));
    assertThat(page.wantsRecord(START)).isFalse();

    page.changed(List.of(incident(null)));
    assertThat(page.wantsRecord(START)).as("it is on the board").isFalse();
    page.changed(List.of(incident(Instant.EPOCH)));
    assertThat(page.wantsRecord(START)).isTrue();
  }

  private static Change incident(@Nullable Instant resolved) {
    var open = IncidentsOnPages.open(1, "a", Instant.EPOCH);
    var incident = resolved == null ? open : open.resolved(resolved, resolved);
    TimelineEntry entry =
        new TimelineEntry(Ids.at(Instant.EPOCH), incident.id(), Instant.EPOCH, "opened", null, "");
    return new Change.IncidentChanged(monitor("a"), incident, entry);
  }
}
