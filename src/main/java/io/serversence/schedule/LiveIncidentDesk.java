package io.serversence.schedule;

import io.serversence.history.IncidentStore;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDesk;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.stream.Change;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The incident desk of the active node: each change goes through the one writer. */
final class LiveIncidentDesk implements IncidentDesk {
  private final Clock clock;
  private final Watches watches;
  private final IncidentStore store;
  private final Recorder recorder;

  LiveIncidentDesk(Clock clock, Watches watches, IncidentStore store, Recorder recorder) {
    this.clock = clock;
    this.watches = watches;
    this.store = store;
    this.recorder = recorder;
  }

  @Override
  public Incident acknowledge(
      UUID id, String actor, @Nullable String comment, @Nullable Instant until) {
    return recorder.call(
        () -> {
          Instant now = clock.now();
          TimelineEntry entry =
              new TimelineEntry(Ids.at(now), id, now, "acknowledged", actor, comment);
          return done(store.acknowledge(id, now, actor, until, entry), entry);
        });
  }

  @Override
  public Incident unacknowledge(UUID id, String actor) {
    return unacknowledge(id, actor, null);
  }

  private Incident unacknowledge(UUID id, @Nullable String actor, @Nullable String why) {
    return recorder.call(
        () -> {
          Instant now = clock.now();
          TimelineEntry entry =
              new TimelineEntry(Ids.at(now), id, now, "unacknowledged", actor, why);
          return done(store.unacknowledge(id, entry), entry);
        });
  }

  @Override
  public TimelineEntry comment(UUID id, String actor, String text) {
    return recorder.call(
        () -> {
          Instant now = clock.now();
          TimelineEntry entry = new TimelineEntry(Ids.at(now), id, now, "comment", actor, text);
          Incident incident = store.comment(id, entry);
          return new Recorder.Done<>(entry, told(incident, entry));
        });
  }

  /** Takes back the acknowledgements whose time is over. */
  void lapse() {
    Instant now = clock.now();
    for (Incident incident : recorder.unresolved()) {
      Instant until = incident.acknowledgedUntil();
      if (until != null && until.isBefore(now) && !recorder.away()) {
        unacknowledge(incident.id(), null, "the acknowledgement's time is over");
      }
    }
  }

  private Recorder.Done<Incident> done(Incident incident, TimelineEntry entry) {
    recorder.changed(incident);
    return new Recorder.Done<>(incident, told(incident, entry));
  }

  /** Nobody is told of an incident whose monitor is gone: no filter could match it. */
  private List<Change> told(Incident incident, TimelineEntry entry) {
    ConfiguredMonitor monitor =
        watches.find(incident.monitor()).map(Watch::configured).orElse(null);
    return monitor == null && incident.channel() == null
        ? List.of()
        : List.of(new Change.IncidentChanged(monitor, incident, entry));
  }
}
