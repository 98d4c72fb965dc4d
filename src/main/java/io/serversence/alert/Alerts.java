package io.serversence.alert;

import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.history.Notification;
import io.serversence.history.NotificationState;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.mute.Mute;
import io.serversence.mute.Mutes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is owed which messages, from what happens and as time goes by. It keeps the
 * unresolved incidents and who was told of them in memory; what it decides is written with the
 * change that it is about. The recorder's thread alone uses it, but for what says otherwise.
 */
public final class Alerts {
  /** How long the verdict on a parent is waited for that has begun to fail. */
  private static final Duration VERDICT = Duration.ofMinutes(5);

  private final Supplier<List<Route>> routes;
  private final Supplier<List<Channel>> channels;
  private final Mutes mutes;
  private final Function<String, @Nullable ConfiguredMonitor> monitors;
  private final Consumer<String> probeNow;
  private final FlappingLimits limits;
  private final ChannelHealth health = new ChannelHealth();
  private final Map<UUID, Case> cases = new LinkedHashMap<>();
  private final Map<String, Case> byMonitor = new HashMap<>();
  private final Map<String, Sample> latest = new HashMap<>();
  private final Map<String, Unsteady> unsteady = new HashMap<>();
  private Instant mutedAt = Instant.MIN;
  private Function<Monitor, @Nullable Mute> muted = monitor -> null;

  /** A monitor that has failed of late, and who was told that it flaps. */
  private static final class Unsteady {
    Flapping flapping = Flapping.NONE;
    final Map<String, Target> told = new LinkedHashMap<>();
    @Nullable Incident last;
  }

  /** What was decided, to be written in one transaction and then owed. */
  public record Decided(List<Fact> facts, List<Owed> owed) {
    /** Nothing yet. */
    public Decided() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    /** The facts, those about what is owed among them. */
    public List<Fact> all() {
      List<Fact> all = new ArrayList<>(facts);
      if (!owed.isEmpty()) {
        all.add(new Fact.NotificationsDue(owed.stream().map(Owed::due).toList()));
      }
      return all;
    }
  }

  /**
   * Alerts of no incident yet.
   *
   * @param routes in their order
   * @param monitors the monitor of a key, or null where there is none
   * @param probeNow has a monitor probed at once; must not block
   */
  public Alerts(
      Supplier<List<Route>> routes,
      Supplier<List<Channel>> channels,
      Mutes mutes,
      Function<String, @Nullable ConfiguredMonitor> monitors,
      Consumer<String> probeNow,
      FlappingLimits limits) {
    this.limits = limits;
    this.routes = routes;
    this.channels = channels;
    this.mutes = mutes;
    this.monitors = monitors;
    this.probeNow = probeNow;
  }

  /** Takes what was known before, at the start. */
  public void load(Collection<Incident> unresolved, Collection<Due> dues) {
    unresolved.forEach(this::add);
    for (Due due : dues) {
      Case known = cases.get(due.incident());
      if (known != null) {
        known.tell(stored(due, known), due.at());
        known.held = false;
        if (due.transition().startsWith("reminder-")) {
          known.reminded.merge(due.channel(), number(due), Math::max);
        } else if (due.transition().startsWith("escalated-")) {
          known.escalated.add(due.transition() + " " + due.channel());
        }
      }
    }
  }

  private static long number(Due due) {
    return Long.parseLong(due.transition().substring(due.transition().indexOf('-') + 1));
  }

  private Target stored(Due due, Case known) {
    ConfiguredMonitor monitor = monitors.apply(known.incident.monitor());
    if (monitor != null) {
      for (Target target :
          Router.targets(monitor.monitor(), routes.get(), channels.get(), due.at())) {
        if (target.channel().equals(due.channel())) {
          return target;
        }
      }
    }
    return new Target(
        due.channel(),
        due.group(),
        due.patience(),
        due.interval(),
        Route.REPEAT,
        false,
        List.of(),
        null);
  }

  private Case add(Incident incident) {
    Case added = new Case(incident);
    cases.put(incident.id(), added);
    byMonitor.put(incident.monitor(), added);
    return added;
  }

  /** Decides on what happened to a monitor. */
  public void decide(ConfiguredMonitor monitor, List<Fact> facts, Instant now, Decided decided) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.SampleTaken taken) {
        sampled(monitor, taken.sample(), now, decided);
      } else if (fact instanceof Fact.IncidentOpened opened) {
        tell(add(opened.incident()), monitor, now, decided);
      } else if (fact instanceof Fact.IncidentResolved resolved) {
        resolved(monitor, resolved, now, decided);
      }
    }
  }

  private void sampled(ConfiguredMonitor monitor, Sample sample, Instant now, Decided decided) {
    if (sample.outcome() == Outcome.UNKNOWN) {
      return;
    }
    String id = monitor.id();
    boolean down = sample.outcome() == Outcome.DOWN;
    latest.put(id, sample);
    Unsteady state = unsteady.get(id);
    if (state == null) {
      if (!down) {
        return; // nothing has changed yet
      }
      state = new Unsteady();
      unsteady.put(id, state);
      state.flapping = state.flapping.next(false, limits);
    }
    boolean was = state.flapping.on();
    state.flapping = state.flapping.next(down, limits);
    if (was && !state.flapping.on()) {
      calmed(monitor, state, now, decided);
    }
    if (state.flapping.checks() == 0) {
      unsteady.remove(id);
    }
  }

  private void calmed(ConfiguredMonitor monitor, Unsteady state, Instant now, Decided decided) {
    Incident last = state.last;
    if (last == null) {
      return;
    }
    Case open = cases.get(last.id());
    for (Target target : state.told.values()) {
      owe(
          monitor,
          last,
          AlertEvent.FLAPPING_ENDED,
          "flapping-ended-" + now.toEpochMilli(),
          target,
          now,
          decided);
      if (open != null) {
        open.tell(target, now);
      }
    }
    state.told.clear();
    state.last = null;
  }

  private void resolved(
      @Nullable ConfiguredMonitor monitor,
      Fact.IncidentResolved fact,
      Instant now,
      Decided decided) {
    Case over = cases.remove(fact.id());
    if (over == null) {
      return;
    }
    byMonitor.remove(over.incident.monitor(), over);
    Incident incident = over.incident.resolved(fact.at(), fact.ended());
    Unsteady state = unsteady.get(incident.monitor());
    if (state != null && state.last != null) {
      state.last = incident;
    }
    for (Target target : over.told.values()) {
      owe(monitor, incident, AlertEvent.RESOLVED, "resolved", target, now, decided);
    }
  }

  /** Decides on the end of an incident that a command brought about. */
  public void resolved(
      ConfiguredMonitor monitor, Fact.IncidentResolved fact, Decided decided, Instant now) {
    resolved(monitor, fact, now, decided);
  }

  /**
   * Decides on what somebody did about an incident.
   *
   * @param monitor its monitor, or null where a channel fails
   */
  public void changed(
      @Nullable ConfiguredMonitor monitor, Incident incident, Instant now, Decided decided) {
    Case known = cases.get(incident.id());
    if (known == null) {
      return;
    }
    Instant at = incident.acknowledgedAt();
    Instant before = known.incident.acknowledgedAt();
    known.incident = incident;
    if (at != null && !at.equals(before)) {
      for (Target target : known.told.values()) {
        owe(
            monitor,
            incident,
            AlertEvent.ACKNOWLEDGED,
            "acknowledged-" + at.toEpochMilli(),
            target,
            now,
            decided);
      }
    }
  }

  /** Notes what became of a try to send a message; may be called by any thread. */
  public void tried(Notification message, Instant now) {
    if (message.state() == NotificationState.SENT) {
      health.worked(message.channel(), now);
    } else if (message.state() == NotificationState.FAILED) {
      health.failed(message.channel(), String.valueOf(message.error()), now);
    }
  }

  /** Notes that a channel took a message that nobody was owed; may be called by any thread. */
  public void worked(String channel, Instant now) {
    health.worked(channel, now);
  }

  /** Opens the incidents of channels that keep failing, and resolves those that do no more. */
  private void channels(Instant now, Decided decided) {
    List<Channel> used = channels.get().stream().filter(Channel::enabled).toList();
    Set<String> keys = new HashSet<>();
    used.forEach(channel -> keys.add(channel.id()));
    health.retain(keys);
    for (Case each : List.copyOf(cases.values())) {
      String key = each.incident.channel();
      if (key != null && !keys.contains(key)) {
        end(each, "the channel is gone or switched off", now, decided);
      } else if (key != null && health.workedSince(key, each.incident.openedAt())) {
        end(each, null, now, decided);
      }
    }
    health
        .failing(now)
        .forEach(
            (key, failing) -> {
              if (!byMonitor.containsKey(Incident.ofChannel(key))) {
                begin(key, failing, used, now, decided);
              }
            });
  }

  private void begin(
      String key, ChannelHealth.Failing failing, List<Channel> used, Instant now, Decided decided) {
    Set<Integer> taken = new HashSet<>();
    cases.values().forEach(each -> taken.add(each.incident.n()));
    Fact.IncidentOpened opened = ChannelIncidents.opened(key, failing, taken, now);
    decided.facts().add(opened);
    Case added = add(opened.incident());
    added.held = false;
    for (Target target : ChannelIncidents.targets(key, used)) {
      added.tell(target, now);
      owe(null, added.incident, AlertEvent.OPENED, "opened", target, now, decided);
    }
  }

  private void end(Case each, @Nullable String cause, Instant now, Decided decided) {
    Fact.IncidentResolved resolved = ChannelIncidents.resolved(each.incident.id(), now, cause);
    decided.facts().add(resolved);
    resolved(null, resolved, now, decided);
  }

  /** Decides on what has become due by the time; to be called about once a second. */
  public void tick(Instant now, Decided decided) {
    channels(now, decided);
    for (Case each : List.copyOf(cases.values())) {
      ConfiguredMonitor monitor = monitors.apply(each.incident.monitor());
      if (monitor != null) {
        if (each.held) {
          tell(each, monitor, now, decided);
        }
        if (each.incident.state() == IncidentState.OPEN && !each.told.isEmpty()) {
          goOn(each, monitor, now, decided);
        }
      }
    }
  }

  /** Tells those of an incident who are to know and do not yet. */
  private void tell(Case each, ConfiguredMonitor monitor, Instant now, Decided decided) {
    Monitor watched = monitor.monitor();
    if (isExplained(each, watched, now, decided)
        || isMuted(watched, now)
        || isFlapping(each, monitor, now, decided)) {
      return;
    }
    boolean quiet = false;
    for (Target target : Router.targets(watched, routes.get(), channels.get(), now)) {
      if (target.quiet()) {
        quiet = true;
      } else if (each.tell(target, now)) {
        owe(monitor, each.incident, AlertEvent.OPENED, "opened", target, now, decided);
      }
    }
    each.held = quiet;
  }

  /**
   * Whether the failure of another monitor explains this one, or may yet. Once none does any more,
   * the monitor is probed at once, and must fail again.
   */
  private boolean isExplained(Case each, Monitor monitor, Instant now, Decided decided) {
    for (String parent : monitor.dependsOn()) {
      Case explaining = byMonitor.get(parent);
      if (explaining != null && explaining != each && isWatched(parent)) {
        suppress(explaining, each, now, decided);
        return true;
      }
    }
    if (now.isBefore(each.incident.openedAt().plus(VERDICT))) {
      for (String parent : monitor.dependsOn()) {
        Sample sample = latest.get(parent);
        if (sample != null && sample.outcome() == Outcome.DOWN && isWatched(parent)) {
          return true; // its own verdict is about to come
        }
      }
    }
    if (!each.suppressed) {
      return false;
    }
    if (each.released == null) {
      each.released = now;
      probeNow.accept(monitor.id());
      return true;
    }
    Sample sample = latest.get(monitor.id());
    return sample == null
        || sample.outcome() != Outcome.DOWN
        || sample.at().isBefore(each.released);
  }

  /** Rules of recurrence are looked at once for all that is decided at one moment. */
  private boolean isMuted(Monitor monitor, Instant now) {
    if (!now.equals(mutedAt)) {
      mutedAt = now;
      muted = mutes.at(now);
    }
    return muted.apply(monitor) != null;
  }

  private boolean isWatched(String id) {
    ConfiguredMonitor monitor = monitors.apply(id);
    return monitor != null && monitor.monitor().enabled();
  }

  private static void suppress(Case parent, Case child, Instant now, Decided decided) {
    child.suppressed = true;
    child.released = null;
    String key = child.incident.monitor();
    if (!parent.incident.suppressed().contains(key)) {
      parent.incident = parent.incident.suppressing(List.of(key));
      decided
          .facts()
          .add(
              new Fact.ChildrenSuppressed(
                  parent.incident.id(),
                  List.of(key),
                  new TimelineEntry(
                      Ids.at(now), parent.incident.id(), now, "suppressed", null, key)));
    }
  }

  /** Whether a monitor flaps, which is told once instead of each of its incidents. */
  private boolean isFlapping(Case each, ConfiguredMonitor monitor, Instant now, Decided decided) {
    Unsteady state = unsteady.get(monitor.id());
    if (state == null || !state.flapping.on()) {
      return false;
    }
    boolean first = state.told.isEmpty();
    state.last = each.incident;
    if (first) {
      for (Target target : Router.targets(monitor.monitor(), routes.get(), channels.get(), now)) {
        if (!target.quiet()) {
          state.told.put(target.channel(), target);
          owe(monitor, each.incident, AlertEvent.FLAPPING, "flapping", target, now, decided);
        }
      }
    }
    return true;
  }

  private void goOn(Case each, ConfiguredMonitor monitor, Instant now, Decided decided) {
    if (isMuted(monitor.monitor(), now)) {
      return;
    }
    for (Target target : List.copyOf(each.told.values())) {
      Instant since = each.since.getOrDefault(target.channel(), each.incident.openedAt());
      long open = Duration.between(since, now).toMillis();
      for (Route.Escalation step : target.escalation()) {
        if (open >= step.after().toMillis()) {
          escalate(each, monitor, step, target, now, decided);
        }
      }
      long reminder = open / target.repeat().toMillis();
      if (reminder > each.reminded.getOrDefault(target.channel(), 0L) && !isQuiet(target, now)) {
        each.reminded.put(target.channel(), reminder);
        owe(
            monitor,
            each.incident,
            AlertEvent.REMINDER,
            "reminder-" + reminder,
            target,
            now,
            decided);
      }
    }
  }

  private boolean isQuiet(Target target, Instant now) {
    return routes.get().stream()
        .anyMatch(
            r ->
                r.id().equals(target.route())
                    && r.quietHours() != null
                    && r.quietHours().cover(now));
  }

  private void escalate(
      Case each,
      ConfiguredMonitor monitor,
      Route.Escalation step,
      Target from,
      Instant now,
      Decided decided) {
    String name = "escalated-" + step.after().toSeconds();
    for (String key : step.channels()) {
      if (!each.escalated.add(name + " " + key)) {
        continue;
      }
      Target target =
          new Target(
              key,
              from.group(),
              from.patience(),
              from.interval(),
              from.repeat(),
              false,
              List.of(),
              from.route());
      each.tell(target, now);
      owe(monitor, each.incident, AlertEvent.ESCALATED, name, target, now, decided);
    }
  }

  private static void owe(
      @Nullable ConfiguredMonitor monitor,
      Incident incident,
      AlertEvent event,
      String transition,
      Target target,
      Instant now,
      Decided decided) {
    Due due =
        new Due(
            Ids.at(now),
            incident.id(),
            transition,
            event.word(),
            target.channel(),
            target.group(),
            target.patience(),
            target.interval(),
            now);
    decided
        .owed()
        .add(new Owed(due, incident, monitor == null ? null : alerted(monitor.monitor())));
  }

  /** A monitor as messages describe it. */
  public static AlertedMonitor alerted(Monitor monitor) {
    return new AlertedMonitor(monitor.id(), monitor.name(), monitor.group(), monitor.tags());
  }

  /** Forgets a monitor that is gone. */
  public void forget(String monitor) {
    latest.remove(monitor);
    unsteady.remove(monitor);
  }
}
