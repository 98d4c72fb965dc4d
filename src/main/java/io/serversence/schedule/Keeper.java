package io.serversence.schedule;

import io.serversence.access.Tokens;
import io.serversence.access.Users;
import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.database.Lease;
import io.serversence.stream.LiveStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes this node the active one as soon as that may be, and keeps it so: opens the database, takes
 * the lease and renews it, and gives everything up when another node has it. One thread runs it,
 * because it waits for the database.
 */
final class Keeper implements Runnable {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final long RENEW = Duration.ofSeconds(4).toNanos();
  private static final long PAUSE_MS = 1_000;

  private final Clock clock;
  private final Configuration configuration;
  private final Database database;
  private final LiveStream stream;
  private final Users users;
  private final Tokens tokens;
  private final Node node;
  private final Threads threads;
  private final Consumer<String> madeUpPassword;
  private final Lease lease;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long renewed;

  Keeper(
      Clock clock,
      Configuration configuration,
      Database database,
      LiveStream stream,
      Users users,
      Tokens tokens,
      Node node,
      Threads threads,
      Consumer<String> madeUpPassword) {
    this.clock = clock;
    this.configuration = configuration;
    this.database = database;
    this.stream = stream;
    this.users = users;
    this.tokens = tokens;
    this.node = node;
    this.threads = threads;
    this.madeUpPassword = madeUpPassword;
    this.lease = new Lease(database, configuration.data());
    database.guard(lease);
  }

  @Override
  public void run() {
    while (!isStopped()) {
      try {
        ActiveNode active = node.ifActive().orElse(null);
        if (active == null) {
          become();
        } else {
          keep(active);
        }
      } catch (DatabaseAway e) {
        LOG.log(Level.DEBUG, "the database is away: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "keeping this node going failed; trying again", e);
      }
      pause();
    }
    node.ifActive().ifPresent(active -> giveUp(active, "its end"));
    lease.release();
    database.close();
  }

  private void become() {
    try {
      database.open(threads.usual());
      if (!lease.acquire(clock.now(), LEASE)) {
        node.waitFor("the active node, which has the lease");
        return;
      }
      renewed = clock.nanos();
      users.start(clock.now()).ifPresent(madeUpPassword);
      tokens.start();
      ActiveNode active =
          new ActiveNode(
              clock,
              database,
              lease,
              stream,
              threads,
              configuration.data(),
              configuration.witnesses(),
              configuration.egress(),
              configuration.secrets(),
              configuration.kept(),
              configuration.flapping(),
              configuration.declared(),
              link());
      LOG.log(Level.INFO, "this node is active and watches {0} monitors", active.watched());
      node.activate(active);
    } catch (DatabaseAway e) {
      node.waitFor("the database (" + e.getMessage() + ")");
      throw e;
    }
  }

  private String link() {
    URI url = configuration.address().url();
    return url == null ? "" : url.toString();
  }

  private void keep(ActiveNode active) {
    if (clock.nanos() - renewed >= RENEW) {
      if (!lease.renew(clock.now(), LEASE)) {
        LOG.log(Level.WARNING, "another node has the lease; this one stops and waits");
        giveUp(active, "the active node, which has the lease");
        return;
      }
      renewed = clock.nanos();
    }
    active.incidents().lapse();
    active.upkeep();
  }

  private void giveUp(ActiveNode active, String waitingFor) {
    node.waitFor(waitingFor);
    users.stop();
    tokens.stop();
    active.stop();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void pause() {
    try {
      var unused = stopped.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stopped.countDown(); // the container wants its thread back
    }
  }

  /** Ends it; the thread is done once everything is freed. */
  void stop() {
    stopped.countDown();
  }
}
