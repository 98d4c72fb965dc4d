package io.serversence.alert;

import io.serversence.document.Json;
import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.mute.Mute;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** The decisions on whom to tell, with a clock that is moved by hand and nothing around them. */
final class Decider {
  /** A Sunday. */
  Instant now = Instant.parse("2026-11-22T10:00:00Z");

  final List<String> probed = new ArrayList<>();
  final List<Fact> facts = new ArrayList<>();

  /** Whom it mutes now. */
  Predicate<Monitor> muted = monitor -> false;

  private final Map<String, ConfiguredMonitor> monitors = new LinkedHashMap<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Map<UUID, Incident> open = new LinkedHashMap<>();
  private final List<Due> dues = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Alerts alerts = alerts();

  private Alerts alerts() {
    return new Alerts(
        () -> routes,
        () -> channels,
        (monitor, at) -> muted.test(monitor) ? Mute.SILENCE : null,
        monitors::get,
        probed::add,
        FlappingLimits.DEFAULT);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a monitor or changes it; what more there is follows a comma. */
  void monitor(String id, String more) {
    String text =
        "{'id':'%s','name':'%s','target':{'type':'tcp','host':'h','port':1}%s}"
            .formatted(id, id, more);
    ConfiguredMonitor before = monitors.get(id);
    int n = before == null ? monitors.size() + 1 : before.n();
    Monitor monitor = MonitorDocument.read(json(text), null);
    monitors.put(id, new ConfiguredMonitor(n, monitor, 1, false, now, now));
  }

  /** Adds a channel that is used where no route matches. */
  void channel(String id) {
    URI url = URI.create("https://n.example/" + id);
    channels.add(new Channel(id, id, true, true, new ChannelSettings.Ntfy(url, null), null));
  }

  /** Adds a route; what it has besides its name follows a comma. */
  void route(String id, String more) {
    JsonObject document = json("{'id':'%s','name':'%s'%s}".formatted(id, id, more));
    routes.add(RouteDocument.read(document, null, key -> true));
  }

  void sample(String id, Outcome outcome) {
    decide(id, List.of(taken(id, outcome)));
  }

  private Fact taken(String id, Outcome outcome) {
    Sample sample = new Sample(now, outcome, 0, Phases.UNREACHED, "so it is", List.of());
    return new Fact.SampleTaken(monitors.get(id).n(), id, sample);
  }

  private void decide(String id, List<Fact> happened) {
    Alerts.Decided decided = new Alerts.Decided();
    alerts.decide(monitors.get(id), happened, now, decided);
    take(decided);
  }

  private void take(Alerts.Decided decided) {
    facts.addAll(decided.facts());
    for (Owed owed : decided.owed()) {
      Due due = owed.due();
      dues.add(due);
      told.add(due.event() + " " + owed.incident().monitor() + " > " + due.channel());
    }
  }

  /** A monitor is down, and has an incident from now on. */
  Incident down(String id) {
    ConfiguredMonitor monitor = monitors.get(id);
    Incident incident = Messages.open(monitor.n(), id, monitor.monitor().severity(), now);
    open.put(incident.id(), incident);
    decide(
        id,
        List.of(
            taken(id, Outcome.DOWN),
            new Fact.IncidentOpened(incident, null, List.of(), List.of())));
    return incident;
  }

  /** A monitor is up, and its incident over. */
  void up(String id) {
    List<Fact> happened = new ArrayList<>();
    happened.add(taken(id, Outcome.UP));
    open.values()
        .removeIf(
            incident ->
                incident.monitor().equals(id)
                    && happened.add(new Fact.IncidentResolved(incident.id(), now, now, List.of())));
    decide(id, happened);
  }

  /** Somebody takes the incident of a monitor on, or gives it back. */
  void acknowledge(String id, boolean on) {
    for (Incident incident : List.copyOf(open.values())) {
      if (incident.monitor().equals(id)) {
        Incident changed = on ? incident.acknowledged(now, "ann", null) : incident.unacknowledged();
        open.put(incident.id(), changed);
        Alerts.Decided decided = new Alerts.Decided();
        alerts.changed(monitors.get(id), changed, now, decided);
        take(decided);
      }
    }
  }

  /** Lets time go by, a step at a time. */
  void pass(Duration time, Duration step) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      now = now.plus(step);
      Alerts.Decided decided = new Alerts.Decided();
      alerts.tick(now, decided);
      take(decided);
    }
  }

  void pass(Duration time) {
    pass(time, Duration.ofSeconds(1));
  }

  /** Starts anew with what is stored. */
  void restart() {
    alerts = alerts();
    alerts.load(open.values(), dues);
  }

  /** What was decided since the last call. */
  List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }
}
