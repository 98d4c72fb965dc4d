package io.serversence.history;

import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.database.Duplicate;
import io.serversence.database.Fence;
import io.serversence.database.LeaseLost;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes facts, a batch in one transaction. Writing a batch again changes nothing, so that one
 * whose fate is unknown can be repeated. Used by one thread; the figures may be read by any.
 */
public final class Ledger {
  private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

  private final Database database;
  private final Fence fence;
  private final AtomicLong refused = new AtomicLong();

  public Ledger(Database database) {
    this(database, Fence.NONE);
  }

  /**
   * A ledger.
   *
   * @param fence is asked in each transaction
   */
  public Ledger(Database database, Fence fence) {
    this.database = database;
    this.fence = fence;
  }

  /**
   * Writes all of these facts or, if the database is away, none. A fact that the database will
   * never take is found, logged and left out, so that it stops no other.
   *
   * @throws DatabaseAway if they should be written again later
   * @throws LeaseLost if this node may not write
   */
  public void write(List<Fact> facts) {
    try {
      database.write(em -> entered(em, false, facts));
    } catch (DatabaseAway | LeaseLost e) {
      throw e;
    } catch (Duplicate e) {
      writeMissing(facts);
    } catch (RuntimeException e) {
      isolate(facts, e);
    }
  }

  /** Looks before it writes, because some of it was written before. */
  private void writeMissing(List<Fact> facts) {
    try {
      database.write(em -> entered(em, true, facts));
    } catch (DatabaseAway | LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      isolate(facts, e);
    }
  }

  private boolean entered(EntityManager em, boolean looking, List<Fact> facts) {
    fence.check(em);
    new Entry(em, looking).enter(facts);
    return true;
  }

  private void isolate(List<Fact> facts, RuntimeException why) {
    if (facts.size() == 1) {
      refused.incrementAndGet();
      LOG.log(System.Logger.Level.ERROR, "the database refuses " + name(facts.get(0)), why);
      return;
    }
    int middle = facts.size() / 2;
    writeMissing(facts.subList(0, middle));
    writeMissing(facts.subList(middle, facts.size()));
  }

  private static String name(Fact fact) {
    if (fact instanceof Fact.SampleTaken taken) {
      return "a sample of monitor " + taken.monitor() + " at " + taken.sample().at();
    }
    if (fact instanceof Fact.StateChanged changed) {
      return "the state " + changed.state() + " of monitor number " + changed.n();
    }
    if (fact instanceof Fact.IncidentOpened opened) {
      return "the opening of incident " + opened.incident().id();
    }
    if (fact instanceof Fact.IncidentResolved resolved) {
      return "the end of incident " + resolved.id();
    }
    if (fact instanceof Fact.ChildrenSuppressed suppressed) {
      return "what incident " + suppressed.incident() + " explains";
    }
    if (fact instanceof Fact.NotificationsDue due) {
      return due.dues().size() + " notifications";
    }
    if (fact instanceof Fact.MessageClaimed claimed) {
      return "message " + claimed.id();
    }
    return "what became of message " + ((Fact.MessageTried) fact).id();
  }

  /** Facts that the database would not take and that are lost. */
  public long refused() {
    return refused.get();
  }
}
