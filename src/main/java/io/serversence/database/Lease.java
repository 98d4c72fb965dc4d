package io.serversence.database;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Makes one node the active one: a row that names its holder, until when, and a fence that grows
 * with every new holder. A node keeps its name in its data folder, so that it takes its own lease
 * over at once after a crash. Used by one thread at a time, but for {@link #check}.
 */
public final class Lease implements Fence {
  private static final String NAME = "active";

  private final Database database;
  private final String holder;
  private volatile long fence = -1;

  public Lease(Database database, Path data) {
    this.database = database;
    this.holder = nodeId(data);
  }

  private static String nodeId(Path data) {
    Path file = data.resolve("node-id");
    try {
      Files.createDirectories(data);
      if (Files.exists(file)) {
        String id = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!id.isEmpty() && id.length() <= 100) {
          return id;
        }
      }
      String id = UUID.randomUUID().toString();
      Files.writeString(file, id, StandardCharsets.US_ASCII);
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be written: " + data, e);
    }
  }

  /** Takes the lease if it is free, over, or this node's own. */
  public boolean acquire(Instant now, Duration time) {
    try {
      database.write(this::addRow);
    } catch (Duplicate e) {
      // another node has just added it
    }
    Long taken = database.write(em -> take(em, now, now.plus(time)));
    if (taken >= 0) {
      fence = taken;
    }
    return taken >= 0;
  }

  private boolean addRow(EntityManager em) {
    return em.createNativeQuery("select 1 from lease where name = ?1")
            .setParameter(1, NAME)
            .getResultList()
            .isEmpty()
        && em.createNativeQuery(
                    "insert into lease (name, holder, fence, expires_at) values (?1, ?2, 0, ?3)")
                .setParameter(1, NAME)
                .setParameter(2, holder)
                .setParameter(3, Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .executeUpdate()
            == 1;
  }

  /** The fence of the lease that was taken, or -1. */
  private long take(EntityManager em, Instant now, Instant until) {
    int taken =
        em.createNativeQuery(
                "update lease set holder = ?1, fence = fence + 1, expires_at = ?2"
                    + " where name = ?3 and (holder = ?4 or expires_at <= ?5)")
            .setParameter(1, holder)
            .setParameter(2, until.atOffset(ZoneOffset.UTC))
            .setParameter(3, NAME)
            .setParameter(4, holder)
            .setParameter(5, now.atOffset(ZoneOffset.UTC))
            .executeUpdate();
    return taken == 1 ? fence(em) : -1;
  }

  private static long fence(EntityManager em) {
    List<?> rows =
        em.createNativeQuery("select fence from lease where name = ?1")
            .setParameter(1, NAME)
            .getResultList();
    return ((Number) rows.get(0)).longValue();
  }

  /** Keeps the lease; false if another node has it. */
  public boolean renew(Instant now, Duration time) {
    return database.write(em -> expire(em, now.plus(time)));
  }

  @Override
  public void check(EntityManager em) {
    boolean lost =
        em.createNativeQuery("select 1 from lease where name = ?1 and holder = ?2 and fence = ?3")
            .setParameter(1, NAME)
            .setParameter(2, holder)
            .setParameter(3, fence)
            .getResultList()
            .isEmpty();
    if (lost) {
      throw new LeaseLost();
    }
  }

  /** Gives the lease back, so that another node need not wait for its end. */
  public void release() {
    try {
      database.write(em -> expire(em, Instant.EPOCH));
    } catch (DatabaseAway e) {
      // it ends by itself
    }
  }

  private boolean expire(EntityManager em, Instant at) {
    return em.createNativeQuery(
                "update lease set expires_at = ?1 where name = ?2 and holder = ?3 and fence = ?4")
            .setParameter(1, at.atOffset(ZoneOffset.UTC))
            .setParameter(2, NAME)
            .setParameter(3, holder)
            .setParameter(4, fence)
            .executeUpdate()
        == 1;
  }
}
