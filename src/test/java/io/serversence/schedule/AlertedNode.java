package io.serversence.schedule;

import io.serversence.access.SecretBox;
import io.serversence.alert.AlertEvent;
import io.serversence.alert.Channel;
import io.serversence.alert.ChannelDocument;
import io.serversence.alert.ChannelStore;
import io.serversence.alert.ChannelUse;
import io.serversence.alert.Delivery;
import io.serversence.alert.FlappingLimits;
import io.serversence.alert.Message;
import io.serversence.alert.RouteStore;
import io.serversence.alert.Sender;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.database.Kept;
import io.serversence.document.Json;
import io.serversence.history.Fact;
import io.serversence.history.IncidentStore;
import io.serversence.history.Ledger;
import io.serversence.history.NotificationStore;
import io.serversence.history.Spool;
import io.serversence.incident.Incident;
import io.serversence.incident.VerdictState;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import io.serversence.mute.Mute;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Judge, recorder and dispatcher with their real store, without schedule, probes and network; the
 * clock is moved by hand, and channels do as they are told.
 */
final class AlertedNode implements AutoCloseable {
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  /** A message that a channel took. */
  record Told(String channel, Message message) {
    boolean tells(AlertEvent event, Incident incident) {
      return message.event() == event
          && message.incidents().stream().anyMatch(i -> i.id().equals(incident.id()));
    }
  }

  final HandClock clock = new HandClock();
  final RememberingStream stream = new RememberingStream();
  final List<Told> told = new CopyOnWriteArrayList<>();
  final Set<String> dead = ConcurrentHashMap.newKeySet();
  final IncidentStore incidents;
  final NotificationStore notifications;
  final ChannelStore channels;
  final Recorder recorder;
  private final Spool spool;
  private final Alerting alerting;
  private final Judge judge;
  private final Watches watches = new Watches();
  private final Thread writer;
  private volatile boolean away;

  /** Whether all monitors are silenced. */
  volatile boolean muted;

  private int n;

  AlertedNode(Database database, Path folder) {
    incidents = new IncidentStore(database);
    notifications = new NotificationStore(database);
    spool = new Spool(folder);
    Ledger ledger = new Ledger(database);
    List<Incident> unresolved = incidents.openOnes();
    recorder = new Recorder(clock, facts -> write(ledger, facts), spool, stream, unresolved);
    judge =
        new Judge(
            clock,
            new Pulse(clock.nanos()),
            new Witnesses(clock, new SimulatedTargets(clock), List.<URI>of()),
            recorder);
    Sender sender = this::send;
    channels = new ChannelStore(database, SecretBox.PLAIN, sender, ChannelUse.NONE, clock::now);
    channels.load();
    RouteStore routes = new RouteStore(database, key -> true, clock::now);
    routes.load();
    alerting =
        new Alerting(
            clock,
            watches,
            recorder,
            notifications,
            incidents,
            stream,
            routes,
            () -> channels.all().stream().map(Kept::value).toList(),
            sender,
            (monitor, at) -> muted ? Mute.SILENCE : null,
            () -> "",
            monitor -> {},
            FlappingLimits.DEFAULT);
    recorder.alertBy(alerting);
    alerting.start(unresolved, Backend.threads());
    writer = Backend.threads().newThread(recorder);
    writer.start();
  }

  private void write(Ledger ledger, List<Fact> facts) {
    if (away) {
      throw new DatabaseAway("it was switched off");
    }
    ledger.write(facts);
  }

  private CompletableFuture<Delivery> send(Channel channel, Message message) {
    if (dead.contains(channel.id())) {
      return CompletableFuture.completedFuture(
          new Delivery(false, null, "connection refused", null));
    }
    told.add(new Told(channel.id(), message));
    return CompletableFuture.completedFuture(new Delivery(true, 200, "OK", null));
  }

  /** A channel took a test. */
  void worked(String channel) {
    alerting.worked(channel);
  }

  /** Somebody asks for a message once more. */
  void resend(UUID message) {
    alerting.resend(message);
  }

  /** Switches the database off or on. */
  void away(boolean off) {
    away = off;
  }

  /** Adds a channel that is used where no route matches. */
  void channel(String id) {
    channels.create(
        ChannelDocument.read(
            Json.object()
                .add("id", id)
                .add("name", id)
                .add("type", "ntfy")
                .add("url", "https://ntfy.example/" + id)
                .add("default", true)
                .build(),
            null));
  }

  Watch monitor(String id) {
    String text =
        "{'id':'%s','name':'%s','target':{'type':'heartbeat','grace':'1h'}}".formatted(id, id);
    ConfiguredMonitor configured =
        new ConfiguredMonitor(
            ++n,
            MonitorDocument.read(
                Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), null),
            1,
            false,
            clock.now(),
            clock.now());
    Watch watch = new Watch(configured, VerdictState.pending(clock.now()), null, clock.nanos());
    watches.add(watch);
    return watch;
  }

  /** A sample of a monitor, by which it is judged at once. */
  void heard(Watch watch, Outcome outcome) {
    synchronized (watch) {
      judge.heard(
          watch, new Sample(clock.now(), outcome, 0, Phases.UNREACHED, "so it said", List.of()));
    }
  }

  /** Lets time go by in steps until something is true. */
  void await(String what, Duration step, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain: " + what);
      }
      clock.move(step);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Ends it as if it were stopped. */
  @Override
  public void close() {
    alerting.stop();
    recorder.stop();
    try {
      writer.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    spool.close();
  }
}
