package io.serversence.schedule;

import io.serversence.access.SecretBox;
import io.serversence.alert.Channel;
import io.serversence.alert.ChannelStore;
import io.serversence.alert.Delivery;
import io.serversence.alert.FlappingLimits;
import io.serversence.alert.Mailer;
import io.serversence.alert.Message;
import io.serversence.alert.RouteStore;
import io.serversence.alert.Sender;
import io.serversence.alert.Senders;
import io.serversence.database.Database;
import io.serversence.database.Fence;
import io.serversence.database.Kept;
import io.serversence.history.Folding;
import io.serversence.history.IncidentStore;
import io.serversence.history.Ledger;
import io.serversence.history.MonitorStore;
import io.serversence.history.NotificationStore;
import io.serversence.history.Retention;
import io.serversence.history.RetentionTimes;
import io.serversence.history.SampleStore;
import io.serversence.history.Spool;
import io.serversence.history.StateStore;
import io.serversence.mute.MuteStore;
import io.serversence.page.StatusPage;
import io.serversence.page.StatusPageStore;
import io.serversence.plan.Declaration;
import io.serversence.plan.Inventory;
import io.serversence.plan.KeptShelf;
import io.serversence.plan.Kind;
import io.serversence.probe.DocumentSource;
import io.serversence.probe.EgressPolicy;
import io.serversence.probe.Prober;
import io.serversence.probe.ProberSettings;
import io.serversence.stream.LiveStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All that the active node of a database runs: the clockwork from tick to stream. Made when the
 * node becomes the active one, stopped when it is so no longer. The accessors are safe for use by
 * many threads.
 */
final class ActiveNode {
  private static final System.Logger LOG = System.getLogger(ActiveNode.class.getName());
  private static final int MOST_PROBES = 10_000;
  private static final int MOST_PROBES_PER_HOST = 2_000;
  private static final long JOIN_MS = 3_000;
  private static final int FACTS_AT_ONCE = 2_000;

  private final Clock clock;
  private final Pulse pulse;
  private final Ledger ledger;
  private final ShownMutes shownMutes;
  private final Leftovers leftovers;
  private final Folding folding;
  private final Retention retention;
  private final Spool spool;
  private final Prober prober;
  private final Watches watches;
  private final Recorder recorder;
  private final Admission admission;
  private final ScheduleMeters meters;
  private final Scheduler scheduler;
  private final LiveStream stream;
  private final LiveCatalogue catalogue;
  private final LiveIncidentDesk incidents;
  private final LiveProbeDesk probes;
  private final ChannelStore channels;
  private final MuteStore mutes;
  private final RouteStore routes;
  private final StatusPageStore pages;
  private final Inventory inventory;
  private final Alerting alerting;
  private final Sender sender;
  private final Thread writer;

  /**
   * Starts it all.
   *
   * @param link the page that messages point to, or an empty text
   * @throws io.serversence.database.DatabaseAway if the database is not there to begin from
   */
  ActiveNode(
      Clock clock,
      Database database,
      Fence fence,
      LiveStream stream,
      Threads threads,
      Path data,
      List<URI> witnesses,
      EgressPolicy egress,
      SecretBox secrets,
      RetentionTimes kept,
      FlappingLimits flapping,
      Declaration file,
      String link) {
    this.clock = clock;
    this.stream = stream;
    MonitorStore monitorStore = new MonitorStore(database, secrets);
    IncidentStore incidentStore = new IncidentStore(database);
    ledger = new Ledger(database, fence);
    folding = new Folding(database, clock::nanos);
    retention = new Retention(database, kept);
    spool = new Spool(data);
    Stored stored;
    try {
      bringIn(spool, ledger);
      int resealed = monitorStore.reseal();
      if (resealed > 0) {
        LOG.log(
            Level.INFO, "the secrets of {0} monitors were sealed with the newest key", resealed);
      }
      stored =
          Stored.read(
              monitorStore,
              new StateStore(database),
              new SampleStore(database),
              incidentStore,
              clock);
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
    pulse = new Pulse(clock.nanos());
    prober = new Prober(threads.usual(), ProberSettings.DEFAULT.withEgress(egress));
    Probes engine = new NettyProbes(prober);
    watches = new Watches();
    stored.watches().forEach(watches::add);
    stream.load(
        stored.board(), stored.unresolved().stream().filter(i -> i.channel() != null).toList());
    recorder = new Recorder(clock, ledger::write, spool, stream, stored.unresolved());
    Judge judge = new Judge(clock, pulse, new Witnesses(clock, engine, witnesses), recorder);
    admission = new Admission(MOST_PROBES, MOST_PROBES_PER_HOST);
    meters = new ScheduleMeters();
    scheduler = new Scheduler(clock, engine, judge, admission, meters);
    catalogue = new LiveCatalogue(clock, watches, monitorStore, recorder, scheduler);
    incidents = new LiveIncidentDesk(clock, watches, incidentStore, recorder);
    probes = new LiveProbeDesk(watches, scheduler, engine);
    mutes = new MuteStore(database);
    shownMutes = new ShownMutes(mutes, stream);
    NotificationStore notifications = new NotificationStore(database);
    leftovers = new Leftovers(notifications, mutes);
    Mailer mailer = new Mailer(task -> threads.usual().newThread(task).start(), egress, prober::at);
    sender = new Senders(prober::post, mailer, clock::now);
    channels = new ChannelStore(database, secrets, this::test, this::userOf, clock::now);
    routes = new RouteStore(database, key -> channels.find(key).isPresent(), clock::now);
    pages = new StatusPageStore(database);
    inventory =
        new Inventory(
            List.of(
                new MonitorShelf(catalogue),
                new KeptShelf<>(Kind.CHANNELS, channels.kept(), clock::now),
                new KeptShelf<>(Kind.ROUTES, routes.kept(), clock::now),
                new KeptShelf<>(Kind.WINDOWS, mutes.windows(), clock::now),
                new KeptShelf<>(Kind.PAGES, pages.pages(), this::shown, clock::now)));
    alerting =
        new Alerting(
            clock,
            watches,
            recorder,
            notifications,
            incidentStore,
            stream,
            routes,
            () -> channels.all().stream().map(Kept::value).toList(),
            sender,
            mutes,
            () -> link,
            this::probeSoon,
            flapping);
    try {
      int sealed = channels.reseal();
      if (sealed > 0) {
        LOG.log(Level.INFO, "the secrets of {0} channels were sealed with the newest key", sealed);
      }
      channels.load();
      mutes.load();
      routes.load();
      pages.load();
      recorder.alertBy(alerting);
      alerting.start(stored.unresolved(), threads.usual());
    } catch (RuntimeException e) {
      prober.close();
      spool.close();
      throw e;
    }
    writer = threads.usual().newThread(recorder);
    writer.start();
    stream.start(threads.bare());
    try {
      inventory.applyFile(file);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
    watches.all().forEach(scheduler::join);
    stream.warmUp();
  }

  /** Sends a test; a channel that takes it works again. */
  private CompletionStage<Delivery> test(Channel channel, Message message) {
    return sender
        .send(channel, message)
        .thenApply(
            delivery -> {
              if (delivery.ok()) {
                alerting.worked(channel.id());
              }
              return delivery;
            });
  }

  private @Nullable String userOf(String channel) {
    return routes.userOf(channel);
  }

  /** Without the monitors that were deleted since. */
  private StatusPage shown(StatusPage page) {
    return page.naming(key -> catalogue.find(key).isPresent());
  }

  private void probeSoon(String monitor) {
    watches.find(monitor).ifPresent(scheduler::soon);
  }

  /** What was spooled comes first: it is newer than what the database knows. */
  private static void bringIn(Spool spool, Ledger ledger) {
    spool.replay(ledger::write, Integer.MAX_VALUE, FACTS_AT_ONCE);
  }

  /** Ten times a second; blocks on nothing. */
  void tick() {
    pulse.beat(clock.nanos());
    scheduler.tick();
  }

  Duration sinceTick() {
    return pulse.since(clock.nanos());
  }

  /**
   * Shows what is muted, folds and forgets some of the history; to be called about once a second.
   */
  void upkeep() {
    shownMutes.round(clock.now());
    folding.round(clock.now());
    retention.round(clock.now());
    leftovers.round(clock.now());
    alerting.refill();
  }

  /** Ends it all within 10 s, and frees everything. */
  void stop() {
    scheduler.stop();
    alerting.stop();
    prober.close();
    recorder.stop();
    stream.stop();
    try {
      writer.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    spool.close();
  }

  LiveCatalogue catalogue() {
    return catalogue;
  }

  LiveIncidentDesk incidents() {
    return incidents;
  }

  LiveProbeDesk probes() {
    return probes;
  }

  DocumentSource documents() {
    return prober::document;
  }

  RouteStore routes() {
    return routes;
  }

  Alerting alerting() {
    return alerting;
  }

  MuteStore mutes() {
    return mutes;
  }

  StatusPageStore pages() {
    return pages;
  }

  Inventory inventory() {
    return inventory;
  }

  ChannelStore channels() {
    return channels;
  }

  Recorder recorder() {
    return recorder;
  }

  Ledger ledger() {
    return ledger;
  }

  Folding folding() {
    return folding;
  }

  Retention retention() {
    return retention;
  }

  Spool spool() {
    return spool;
  }

  Prober prober() {
    return prober;
  }

  Admission admission() {
    return admission;
  }

  ScheduleMeters meters() {
    return meters;
  }

  Pulse pulse() {
    return pulse;
  }

  /** How many monitors are watched. */
  int watched() {
    return watches.size();
  }
}
