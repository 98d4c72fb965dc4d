package io.serversence.schedule;

import io.serversence.database.DatabaseAway;
import io.serversence.database.LeaseLost;
import io.serversence.history.Fact;
import io.serversence.history.Spool;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes facts durable, in the database or, while that is away, in the spool. For the recorder's
 * thread; {@link #away} may be asked by any.
 */
final class SpoolingLedger {
  private static final System.Logger LOG = System.getLogger(SpoolingLedger.class.getName());
  private static final long RETRY = Duration.ofSeconds(1).toNanos();

  /** Parts of the spool that are brought back at once. */
  private static final int PARTS = 4;

  private final Clock clock;
  private final Consumer<List<Fact>> database;
  private final Spool spool;
  private volatile boolean away;
  private long retryAt;

  SpoolingLedger(Clock clock, Consumer<List<Fact>> database, Spool spool) {
    this.clock = clock;
    this.database = database;
    this.spool = spool;
  }

  /** True while the database is away or what was spooled is not yet back in it. */
  boolean away() {
    return away;
  }

  void keep(List<Fact> facts) {
    if (!away) {
      try {
        database.accept(facts);
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

  /**
   * Tries, once a second at most, to bring the spool back into the database, a part at a time.
   *
   * @param batch how many facts at once
   */
  void comeBack(int batch) {
    if (!away || clock.nanos() - retryAt < 0) {
      return;
    }
    try {
      if (spool.replay(database, PARTS, batch)) {
        away = false;
        LOG.log(System.Logger.Level.INFO, "the database is back and has what the spool took");
      }
    } catch (DatabaseAway | LeaseLost e) {
      retryAt = clock.nanos() + RETRY;
    }
  }
}
