package io.serversence.alert;

import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.history.Notification;
import io.serversence.history.NotificationState;
import io.serversence.incident.Ids;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentState;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.mute.Mute;
import io.serversence.mute.Mutes;
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
  private final Supplier<List<Route>> routes;
  private final Supplier<List<Channel>> channels;
  private final Mutes mutes;
  private final Function<String, @Nullable ConfiguredMonitor> monitors;
  private final ChannelHealth health = new ChannelHealth();
  private final Map<UUID, Case> cases = new LinkedHashMap<>();
  private final Map<String, Case> byMonitor = new HashMap<>();
  private final Flappers flappers;
  private final Dependencies dependencies;
  private Instant mutedAt = Instant.MIN;
  private Function<Monitor, @Nullable Mute> muted = monitor -> null;

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

    /**
     * Adds what a channel is to be told.
     *
     * @param monitor null where a channel fails
     * @param transition what tells it from the incident's other changes
     */
    void owe(
        @Nullable ConfiguredMonitor monitor,
        Incident incident,
        AlertEvent event,
        String transition,
        Target target,
        Instant now) {
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
      owed.add(new Owed(due, incident, monitor == null ? null : alerted(monitor.monitor())));
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
    this.routes = routes;
    this.channels = channels;
    this.mutes = mutes;
    this.monitors = monitors;
    this.flappers = new Flappers(limits);
    this.dependencies = new Dependencies(monitors, byMonitor::get, probeNow);
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
    cases.values().stream().filter(each -> !each.held).forEach(each -> each.held = isQuiet(each));
  }

  /** Whether a channel was not told because it was quiet when the others were. */
  private boolean isQuiet(Case each) {
    ConfiguredMonitor monitor = monitors.apply(each.incident.monitor());
    return monitor != null
        && Router.targets(monitor.monitor(), routes.get(), channels.get(), each.incident.openedAt())
            .stream()
            .anyMatch(target -> target.quiet() && !each.told.containsKey(target.channel()));
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
        dependencies.sampled(monitor.id(), taken.sample());
        flappers.sampled(monitor, taken.sample().outcome(), cases, now, decided);
      } else if (fact instanceof Fact.IncidentOpened opened) {
        tell(add(opened.incident()), monitor, now, decided);
      } else if (fact instanceof Fact.IncidentResolved resolved) {
        resolved(monitor, resolved, now, decided);
      }
    }
  }

  /**
   * Decides on the end of an incident.
   *
   * @param monitor its monitor, or null where a channel failed
   */
  public void resolved(
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
    flappers.resolved(incident);
    for (Target target : over.told.values()) {
      decided.owe(monitor, incident, AlertEvent.RESOLVED, "resolved", target, now);
    }
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
        String transition = "acknowledged-" + at.toEpochMilli();
        decided.owe(monitor, incident, AlertEvent.ACKNOWLEDGED, transition, target, now);
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
      decided.owe(null, added.incident, AlertEvent.OPENED, "opened", target, now);
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
        if (each.incident.state() == IncidentState.OPEN
            && !each.told.isEmpty()
            && !isMuted(monitor.monitor(), now)) {
          Reminders.remind(each, monitor, routes.get(), now, decided);
        }
      }
    }
  }

  /** Tells those of an incident who are to know and do not yet. */
  private void tell(Case each, ConfiguredMonitor monitor, Instant now, Decided decided) {
    Monitor watched = monitor.monitor();
    if (dependencies.explain(each, watched, now, decided) || isMuted(watched, now)) {
      return;
    }
    List<Target> targets = Router.targets(watched, routes.get(), channels.get(), now);
    if (flappers.has(each, monitor, targets, now, decided)) {
      return;
    }
    boolean quiet = false;
    for (Target target : targets) {
      if (target.quiet()) {
        quiet = true;
      } else if (each.tell(target, now)) {
        decided.owe(monitor, each.incident, AlertEvent.OPENED, "opened", target, now);
      }
    }
    each.held = quiet;
  }

  /** Rules of recurrence are looked at once for all that is decided at one moment. */
  private boolean isMuted(Monitor monitor, Instant now) {
    if (!now.equals(mutedAt)) {
      mutedAt = now;
      muted = mutes.at(now);
    }
    return muted.apply(monitor) != null;
  }

  /** A monitor as messages describe it. */
  public static AlertedMonitor alerted(Monitor monitor) {
    return new AlertedMonitor(monitor.id(), monitor.name(), monitor.group(), monitor.tags());
  }

  /** Forgets a monitor that is gone. */
  public void forget(String monitor) {
    dependencies.forget(monitor);
    flappers.forget(monitor);
  }
}
