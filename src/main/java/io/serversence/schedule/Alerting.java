package io.serversence.schedule;

import io.serversence.alert.AlertedMonitor;
import io.serversence.alert.Alerts;
import io.serversence.alert.Behind;
import io.serversence.alert.Channel;
import io.serversence.alert.Dispatcher;
import io.serversence.alert.FlappingLimits;
import io.serversence.alert.NotificationDesk;
import io.serversence.alert.Owed;
import io.serversence.alert.RouteStore;
import io.serversence.alert.Sender;
import io.serversence.history.Due;
import io.serversence.history.Fact;
import io.serversence.history.IncidentStore;
import io.serversence.history.Notification;
import io.serversence.history.NotificationStore;
import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.mute.Mutes;
import io.serversence.stream.Change;
import io.serversence.stream.EventStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is told, on the active node: the decisions, which the recorder asks for on its own thread,
 * and the dispatcher, which has a thread of its own.
 */
final class Alerting implements NotificationDesk {
  private static final int MOST = 20_000;
  private static final int PAGE = 2_000;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long JOIN_MS = 2_000;

  private final Clock clock;
  private final Watches watches;
  private final NotificationStore store;
  private final IncidentStore incidents;
  private final EventStream stream;
  private final Supplier<List<Channel>> channels;
  private final Alerts alerts;
  private final Dispatcher dispatcher;
  private final Recorder recorder;
  private final Map<UUID, String> keys =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
              return size() > MOST;
            }
          });
  private long ticked;
  private @Nullable Thread thread;

  Alerting(
      Clock clock,
      Watches watches,
      Recorder recorder,
      NotificationStore store,
      IncidentStore incidents,
      EventStream stream,
      RouteStore routes,
      Supplier<List<Channel>> channels,
      Sender sender,
      Mutes mutes,
      Supplier<String> link,
      Consumer<String> probeNow,
      FlappingLimits flapping) {
    this.clock = clock;
    this.watches = watches;
    this.store = store;
    this.incidents = incidents;
    this.stream = stream;
    this.channels = channels;
    this.recorder = recorder;
    this.alerts = new Alerts(routes::ordered, channels, mutes, this::monitor, probeNow, flapping);
    Instant began = clock.now();
    long beganNanos = clock.nanos(); // a step of the wall clock must not hold up a message
    this.dispatcher =
        new Dispatcher(
            () -> began.plusNanos(clock.nanos() - beganNanos),
            this::channel,
            sender,
            recorder::note,
            link,
            this::published,
            new SecureRandom());
  }

  private @Nullable ConfiguredMonitor monitor(String id) {
    return watches.find(id).map(Watch::configured).orElse(null);
  }

  private @Nullable Channel channel(String id) {
    return channels.get().stream().filter(c -> c.id().equals(id)).findFirst().orElse(null);
  }

  /** Takes up what was not sent, and begins. */
  void start(List<Incident> unresolved, ThreadFactory threads) {
    alerts.load(unresolved, store.of(unresolved.stream().map(Incident::id).toList()));
    List<Notification> unsent = store.unfinished(MOST);
    unsent.stream().filter(n -> n.body() != null).forEach(dispatcher::resume);
    dispatcher.owe(owed(unclaimed(unsent)));
    if (unsent.size() == MOST) {
      UUID last = unsent.get(MOST - 1).id();
      channels.get().forEach(channel -> dispatcher.leave(channel.id(), last));
    }
    resolve(owed(store.unended()));
    Thread started = threads.newThread(dispatcher);
    thread = started;
    started.start();
  }

  private static List<Due> unclaimed(List<Notification> unsent) {
    return unsent.stream().filter(n -> n.body() == null).map(n -> n.due().get(0)).toList();
  }

  private List<Owed> owed(List<Due> dues) {
    Map<UUID, Incident> found = incidents.find(dues.stream().map(Due::incident).toList());
    List<Owed> owed = new ArrayList<>();
    for (Due due : dues) {
      Incident incident = found.get(due.incident());
      if (incident != null) {
        owed.add(new Owed(due, incident, alerted(incident)));
      }
    }
    remember(owed);
    return owed;
  }

  /** Those that a crash kept from being written are written first. */
  private void resolve(List<Owed> owed) {
    if (!owed.isEmpty()) {
      recorder.note(
          List.of(new Fact.NotificationsDue(owed.stream().map(Owed::due).toList())),
          () -> dispatcher.owe(owed));
    }
  }

  /**
   * Takes up what was left in the database for want of room; to be called about once a second.
   * While the database is away, or lacks what the spool has, nothing is.
   */
  void refill() {
    for (Behind behind : dispatcher.behind()) {
      if (recorder.away()) {
        return;
      }
      List<Notification> unsent = store.unfinished(behind.channel(), behind.from(), PAGE);
      dispatcher.refill(
          behind,
          owed(unclaimed(unsent)),
          unsent.stream().filter(n -> n.body() != null).toList(),
          unsent.isEmpty() ? null : unsent.get(unsent.size() - 1).id(),
          unsent.size() < PAGE);
    }
  }

  private @Nullable AlertedMonitor alerted(Incident incident) {
    if (incident.channel() != null) {
      return null;
    }
    ConfiguredMonitor monitor = monitor(incident.monitor());
    return monitor == null
        ? new AlertedMonitor(incident.monitor(), incident.monitor(), null, List.of())
        : Alerts.alerted(monitor.monitor());
  }

  void stop() {
    dispatcher.stop();
    Thread started = thread;
    if (started != null) {
      try {
        started.join(JOIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Decides on what was found; for the recorder's thread. */
  void decide(ConfiguredMonitor monitor, List<Fact> facts, Instant now, Alerts.Decided decided) {
    alerts.decide(monitor, facts, now, decided);
  }

  /** Decides on the end that a command brought about; for the recorder's thread. */
  void resolved(ConfiguredMonitor monitor, Fact.IncidentResolved fact, Alerts.Decided decided) {
    alerts.resolved(monitor, fact, clock.now(), decided);
  }

  /** Decides on what somebody did about an incident; for the recorder's thread. */
  void changed(Incident incident, Alerts.Decided decided) {
    ConfiguredMonitor monitor = monitor(incident.monitor());
    if (monitor != null || incident.channel() != null) {
      alerts.changed(monitor, incident, clock.now(), decided);
    }
  }

  /** Forgets a monitor that is gone; for the recorder's thread. */
  void forget(String monitor) {
    alerts.forget(monitor);
  }

  /** Decides on what the time brings, once a second; for the recorder's thread. */
  void tick(Alerts.Decided decided) {
    long now = clock.nanos();
    if (now - ticked >= SECOND) {
      ticked = now;
      alerts.tick(clock.now(), decided);
    }
  }

  /** Takes what is durable. */
  void owe(List<Owed> owed) {
    if (!owed.isEmpty()) {
      remember(owed);
      dispatcher.owe(List.copyOf(owed));
    }
  }

  private void remember(List<Owed> owed) {
    owed.forEach(o -> keys.put(o.incident().id(), o.incident().monitor()));
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /** Notes that a channel took a test, which is as good as a message. */
  void worked(String channel) {
    alerts.worked(channel, clock.now());
  }

  private void published(Notification notification) {
    alerts.tried(notification, clock.now());
    stream.publish(List.of(new Change.NotificationChanged(concerned(notification), notification)));
  }

  private List<ConfiguredMonitor> concerned(Notification notification) {
    return notification.due().stream()
        .map(due -> keys.get(due.incident()))
        .filter(Objects::nonNull)
        .distinct()
        .map(this::monitor)
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public Notification resend(UUID id) {
    Notification again =
        recorder.call(
            () -> {
              Notification reset = store.reset(id, clock.now());
              return new Recorder.Done<>(
                  reset, List.of(new Change.NotificationChanged(concerned(reset), reset)));
            });
    dispatcher.resume(again);
    return again;
  }
}
