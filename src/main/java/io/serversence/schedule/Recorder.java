package io.serversence.schedule;

import io.serversence.alert.Alerts;
import io.serversence.database.DatabaseAway;
import io.serversence.document.Refused;
import io.serversence.history.Fact;
import io.serversence.history.Spool;
import io.serversence.incident.Confirming;
import io.serversence.incident.Incident;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.stream.Change;
import io.serversence.stream.EventStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
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
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final SpoolingLedger ledger;
  private final EventStream stream;
  private final UnresolvedIncidents incidents;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>(CAPACITY);

  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable Alerting alerting;
  private volatile boolean stopping;

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
    this.ledger = new SpoolingLedger(clock, ledger, spool);
    this.stream = stream;
    this.incidents = new UnresolvedIncidents(stream, unresolved);
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
    return ledger.away();
  }

  /** An unresolved incident as recorded. */
  Optional<Incident> unresolved(UUID id) {
    return incidents.find(id);
  }

  /**
   * Runs a command in the writer's order, and waits for it.
   *
   * @throws Refused as the command does, and UNAVAILABLE while the database is away
   */
  <T> T call(Supplier<Done<T>> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (stopping || away() || !queue.offer(new Commanded<>(work, answer))) {
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
    ledger.comeBack(BATCH);
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
    ledger.keep(facts);
    List<Change> changes = new ArrayList<>(facts.size());
    for (Written written : batch) {
      if (written instanceof Found found) {
        incidents.found(found.monitor(), found.facts(), found.confirming(), changes);
      }
    }
    incidents.decided(decided.facts(), changes);
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
      ledger.keep(facts);
      List<Change> changes = new ArrayList<>();
      incidents.decided(decided.facts(), changes);
      stream.publish(changes);
      owe(decided);
    }
  }

  /** Tells who is to know that a command ended an incident; on the writer's thread. */
  @Nullable Change ended(ConfiguredMonitor monitor, Fact.IncidentResolved fact) {
    Alerting alerts = alerting;
    if (alerts != null) {
      Alerts.Decided decided = new Alerts.Decided();
      alerts.resolved(monitor, fact, decided);
      writeDecided(decided);
    }
    return incidents.resolved(monitor, fact);
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
    incidents.changed(incident);
    Alerting alerts = alerting;
    if (alerts != null) {
      Alerts.Decided decided = new Alerts.Decided();
      alerts.changed(incident, decided);
      writeDecided(decided);
    }
  }

  /** All unresolved incidents as recorded. */
  List<Incident> unresolved() {
    return incidents.all();
  }

  private <T> void execute(Commanded<T> command) {
    if (command.answer().isDone()) {
      return; // the asker has given up, and was told that nothing was changed
    }
    if (away()) {
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
}
