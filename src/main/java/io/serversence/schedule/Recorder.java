package io.serversence.schedule;

import io.serversence.alert.Alerts;
import io.serversence.database.DatabaseAway;
import io.serversence.database.LeaseLost;
import io.serversence.document.Refused;
import io.serversence.history.Fact;
import io.serversence.history.Spool;
import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.stream.Change;
import io.serversence.stream.EventStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. What is found and what is commanded passes through it in one order: it is made
 * durable in batches, in the database or, while that is away, in the spool, and only then
 * published. All methods may be called by many threads; none but {@link #call} waits.
 */
final class Recorder implements Runnable {
  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());

  /** Beyond this many waiting items no new probes are started. */
  private static final int HIGH = 50_000;

  /** Beyond this many, items are refused; HIGH keeps it from being reached. */
  private static final int CAPACITY = 200_000;

  private static final int BATCH = 2_000;
  private static final long GATHER = Duration.ofMillis(200).toNanos();
  private static final long RETRY = Duration.ofSeconds(1).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final Consumer<List<Fact>> ledger;
  private final Spool spool;
  private final EventStream stream;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>(CAPACITY);

  /** The unresolved incidents as recorded; changed by the writer only. */
  private final Map<UUID, Incident> open = new ConcurrentHashMap<>();

  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable Alerting alerting;
  private volatile boolean stopping;
  private volatile boolean away;
  private long retryAt;

  private sealed interface Item {}

  private sealed interface Written extends Item {
    List<Fact> facts();

    boolean urgent();
  }

  private record Found(ConfiguredMonitor monitor, List<Fact> facts, @Nullable Confirming confirming)
      implements Written {
    @Override
    public boolean urgent() {
      return facts.size() > 1;
    }
  }

  private record Noted(List<Fact> facts, Runnable then) implements Written {
    @Override
    public boolean urgent() {
      return true;
    }
  }

  private record Commanded<T>(Supplier<Done<T>> work, CompletableFuture<T> answer)
      implements Item {}

  /** What a command did: its result, and what everyone is to be told. */
  record Done<T>(T result, List<Change> changes) {}

  Recorder(
      Clock clock,
      Consumer<List<Fact>> ledger,
      Spool spool,
      EventStream stream,
      List<Incident> unresolved) {
    this.clock = clock;
    this.ledger = ledger;
    this.spool = spool;
    this.stream = stream;
    unresolved.forEach(i -> open.put(i.id(), i));
  }

  /** Takes what was found, in this order for one monitor. */
  void record(ConfiguredMonitor monitor, List<Fact> facts, @Nullable Confirming confirming) {
    if (!queue.offer(new Found(monitor, facts, confirming))) {
      if (dropped.getAndAdd(facts.size()) == 0) { // once: it is a flood already
        LOG.log(System.Logger.Level.ERROR, "the recorder is full; facts are lost, see the metrics");
      }
    }
  }

  /** Takes facts that are of no monitor; runs what follows once they are durable. */
  void note(List<Fact> facts, Runnable then) {
    if (!queue.offer(new Noted(facts, then))) {
      dropped.addAndGet(facts.size());
      then.run(); // who waits for it must not wait for ever
    }
  }

  /** Has alerts decided from now on; to be called before this runs. */
  void alertBy(Alerting those) {
    alerting = those;
  }

  /** True if no more should be found before what waits is written. */
  boolean full() {
    return queue.size() > HIGH;
  }

  /** Facts that found it full. */
  long dropped() {
    return dropped.get();
  }

  int waiting() {
    return queue.size();
  }

  /** True while the database is away or what was spooled is not yet back in it. */
  boolean away() {
    return away;
  }

  /** An unresolved incident as recorded. */
  Optional<Incident> unresolved(UUID id) {
    return Optional.ofNullable(open.get(id));
  }

  /**
   * Runs a command in the writer's order, and waits for it.
   *
   * @throws Refused as the command does, and UNAVAILABLE while the database is away
   */
  <T> T call(Supplier<Done<T>> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (stopping || away || !queue.offer(new Commanded<>(work, answer))) {
      throw unavailable(null);
    }
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static Refused unavailable(@Nullable Exception cause) {
    String detail = "the database is away; nothing was changed";
    return cause == null
        ? new Refused(Refused.Reason.UNAVAILABLE, detail)
        : new Refused(Refused.Reason.UNAVAILABLE, detail, cause);
  }

  /** Writes until {@link #stop}, and then what still waits. */
  @Override
  public void run() {
    while (!stopping || !queue.isEmpty()) {
      try {
        round();
      } catch (InterruptedException e) {
        stopping = true; // the container wants its thread back; write what waits and go
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a batch could not be recorded", e);
      }
    }
  }

  /** Ends the writer once it has written what waits. */
  void stop() {
    stopping = true;
  }

  private void round() throws InterruptedException {
    if (away) {
      comeBack();
    }
    Alerting alerts = alerting;
    if (alerts != null) {
      Alerts.Decided decided = new Alerts.Decided();
      alerts.tick(decided);
      writeDecided(decided);
    }
    Item first = queue.poll(GATHER, TimeUnit.NANOSECONDS);
    if (first == null) {
      return;
    }
    List<Written> batch = new ArrayList<>();
    Commanded<?> command = gather(first, batch);
    if (!batch.isEmpty()) {
      write(batch);
    }
    if (command != null) {
      execute(command);
    }
  }

  /** Fills the batch; a command ends it, and so does anything that people must know at once. */
  private @Nullable Commanded<?> gather(Item first, List<Written> batch)
      throws InterruptedException {
    long until = clock.nanos() + GATHER;
    Item item = first;
    int rows = 0;
    boolean urgent = false;
    while (item != null) {
      if (item instanceof Commanded<?> command) {
        return command;
      }
      if (item instanceof Written written) {
        batch.add(written);
        rows += written.facts().size();
        urgent |= written.urgent();
      }
      if (rows >= BATCH) {
        return null;
      }
      item =
          urgent || stopping
              ? queue.poll()
              : queue.poll(until - clock.nanos(), TimeUnit.NANOSECONDS);
    }
    return null;
  }

  private void write(List<Written> batch) {
    Alerting alerts = alerting;
    Alerts.Decided decided = new Alerts.Decided();
    List<Fact> facts = new ArrayList<>();
    Instant now = clock.now();
    for (Written written : batch) {
      facts.addAll(written.facts());
      if (alerts != null && written instanceof Found found) {
        alerts.decide(found.monitor(), found.facts(), now, decided);
      }
    }
    facts.addAll(decided.all());
    keep(facts);
    List<Change> changes = new ArrayList<>(facts.size());
    for (Written written : batch) {
      if (written instanceof Found found) {
        publishable(found, changes);
      }
    }
    decided(decided, changes);
    stream.publish(changes);
    owe(decided);
    for (Written written : batch) {
      if (written instanceof Noted noted) {
        noted.then().run();
      }
    }
  }

  private void owe(Alerts.Decided decided) {
    Alerting alerts = alerting;
    if (alerts != null) {
      alerts.owe(decided.owed());
    }
  }

  /** Writes what was decided apart from a batch. */
  private void writeDecided(Alerts.Decided decided) {
    List<Fact> facts = decided.all();
    if (!facts.isEmpty()) {
      keep(facts);
      List<Change> changes = new ArrayList<>();
      decided(decided, changes);
      stream.publish(changes);
      owe(decided);
    }
  }

  private void decided(Alerts.Decided decided, List<Change> changes) {
    for (Fact fact : decided.facts()) {
      if (fact instanceof Fact.ChildrenSuppressed children) {
        suppressed(children, changes);
      } else if (fact instanceof Fact.IncidentOpened opened) { // a channel's own
        open.put(opened.incident().id(), opened.incident());
        changes.add(new Change.IncidentChanged(null, opened.incident(), last(opened.entries())));
      } else if (fact instanceof Fact.IncidentResolved resolved) {
        Change change = resolved(null, resolved);
        if (change != null) {
          changes.add(change);
        }
      }
    }
  }

  private void suppressed(Fact.ChildrenSuppressed children, List<Change> changes) {
    Incident parent =
        open.computeIfPresent(
            children.incident(), (id, old) -> old.suppressing(children.children()));
    ConfiguredMonitor monitor =
        parent == null ? null : stream.find(parent.monitor()).map(e -> e.monitor()).orElse(null);
    if (parent != null && monitor != null) {
      changes.add(new Change.IncidentChanged(monitor, parent, children.entry()));
    }
  }

  /** Makes facts durable, in the database or in the spool. */
  private void keep(List<Fact> facts) {
    if (!away) {
      try {
        ledger.accept(facts);
      } catch (DatabaseAway | LeaseLost e) { // who lost the lease is told to stop soon
        LOG.log(
            System.Logger.Level.WARNING,
            "the database is away ({0}); recording to the spool",
            e.getMessage());
        away = true;
        retryAt = clock.nanos() + RETRY;
      }
    }
    if (away) {
      spool.append(facts);
    }
  }

  private void publishable(Found found, List<Change> changes) {
    for (Fact fact : found.facts()) {
      if (fact instanceof Fact.SampleTaken taken) {
        changes.add(new Change.SampleTaken(found.monitor(), taken.sample(), found.confirming()));
      } else if (fact instanceof Fact.StateChanged changed) {
        changes.add(new Change.StateChanged(found.monitor(), changed.state(), changed.since()));
      } else if (fact instanceof Fact.IncidentOpened opened) {
        open.put(opened.incident().id(), opened.incident());
        changes.add(
            new Change.IncidentChanged(found.monitor(), opened.incident(), last(opened.entries())));
      } else if (fact instanceof Fact.IncidentResolved resolved) {
        Change change = resolved(found.monitor(), resolved);
        if (change != null) {
          changes.add(change);
        }
      }
    }
  }

  /** Takes an incident off the unresolved ones; null if it was none of them. */
  private @Nullable Change resolved(
      @Nullable ConfiguredMonitor monitor, Fact.IncidentResolved fact) {
    Incident incident = open.remove(fact.id());
    return incident == null
        ? null
        : new Change.IncidentChanged(
            monitor, incident.resolved(fact.at(), fact.ended()), last(fact.entries()));
  }

  /** Tells who is to know that a command ended an incident; on the writer's thread. */
  @Nullable Change ended(ConfiguredMonitor monitor, Fact.IncidentResolved fact) {
    Alerting alerts = alerting;
    if (alerts != null) {
      Alerts.Decided decided = new Alerts.Decided();
      alerts.resolved(monitor, fact, decided);
      writeDecided(decided);
    }
    return resolved(monitor, fact);
  }

  /** Forgets what was found of a monitor that is gone; on the writer's thread. */
  void forget(String monitor) {
    Alerting alerts = alerting;
    if (alerts != null) {
      alerts.forget(monitor);
    }
  }

  /** Notes that an unresolved incident has changed; for commands, on the writer's thread. */
  void changed(Incident incident) {
    open.computeIfPresent(incident.id(), (id, old) -> incident);
    Alerting alerts = alerting;
    if (alerts != null) {
      Alerts.Decided decided = new Alerts.Decided();
      alerts.changed(incident, decided);
      writeDecided(decided);
    }
  }

  /** All unresolved incidents as recorded. */
  List<Incident> unresolved() {
    return List.copyOf(open.values());
  }

  private static TimelineEntry last(List<TimelineEntry> entries) {
    return entries.get(entries.size() - 1);
  }

  private <T> void execute(Commanded<T> command) {
    if (command.answer().isDone()) {
      return; // the asker has given up, and was told that nothing was changed
    }
    if (away) {
      command.answer().completeExceptionally(unavailable(null));
      return;
    }
    try {
      Done<T> done = command.work().get();
      stream.publish(done.changes());
      command.answer().complete(done.result());
    } catch (DatabaseAway e) {
      command.answer().completeExceptionally(unavailable(e));
    } catch (RuntimeException e) {
      command.answer().completeExceptionally(e);
    }
  }

  /** Tries to bring the spool back into the database, a part at a time. */
  private void comeBack() {
    if (clock.nanos() - retryAt < 0) {
      return;
    }
    try {
      if (spool.replay(ledger, 4, BATCH)) {
        away = false;
        LOG.log(System.Logger.Level.INFO, "the database is back and has what the spool took");
      }
    } catch (DatabaseAway | LeaseLost e) {
      retryAt = clock.nanos() + RETRY;
    }
  }
}
