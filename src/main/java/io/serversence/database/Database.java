package io.serversence.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database: its pool, its schema, and transactions on it. Away until it is opened; while it is
 * away every call throws {@link DatabaseAway} within seconds. Safe for use by many threads.
 *
 * <p>The persistence unit is managed here and not by the container, so that the pool is the same on
 * every server, validates its connections, and can be opened late and reopened.
 */
@ApplicationScoped
public class Database implements AutoCloseable {
  private static final int CONNECTIONS = 8;

  /** What {@link #together} shares on this thread. */
  private static final ThreadLocal<@Nullable Shared> SHARED = new ThreadLocal<>();

  private record Shared(Database database, EntityManager manager) {}

  private final DatabaseSettings settings;
  private final Map<String, String> properties;
  private volatile @Nullable EntityManagerFactory factory;
  private volatile Fence fence = Fence.NONE;
  private @Nullable HikariDataSource pool;
  private volatile boolean postgresql;

  /** For the container's proxy only. */
  protected Database() {
    this(new DatabaseSettings("", null, null, null));
  }

  @Inject
  public Database(DatabaseSettings settings) {
    this(settings, Map.of());
  }

  /**
   * A database with a certain persistence provider.
   *
   * @param properties more properties for the persistence unit
   */
  public Database(DatabaseSettings settings, Map<String, String> properties) {
    this.settings = settings;
    this.properties = Map.copyOf(properties);
  }

  /**
   * Connects and brings the schema up to date; does nothing if that was done.
   *
   * @throws DatabaseAway if it cannot be reached now
   * @throws IllegalStateException if its schema is newer than this program
   */
  public synchronized void open(ThreadFactory threads) {
    if (factory != null) {
      return;
    }
    try {
      DataSource source = settings.jndi() == null ? pool(threads) : lookup(settings.jndi());
      try (Connection connection = source.getConnection()) {
        connection.isValid(2);
        postgresql = Schema.postgresql(connection);
      }
      Schema.migrate(source);
      Map<String, Object> all = new HashMap<>(properties);
      all.put("jakarta.persistence.nonJtaDataSource", source);
      factory = deployed(Persistence.createEntityManagerFactory("serversence", all));
    } catch (SQLException e) {
      closePool();
      throw new DatabaseAway(Trouble.cause(e), e);
    } catch (IllegalStateException e) {
      closePool(); // a schema that does not fit will not fit later either
      throw e;
    } catch (RuntimeException e) {
      closePool();
      throw Trouble.translated(e);
    }
  }

  /** True of a PostgreSQL that was opened once. */
  boolean postgresql() {
    return postgresql;
  }

  /** EclipseLink connects with the first manager, and never again if that fails. */
  private static EntityManagerFactory deployed(EntityManagerFactory created) {
    try {
      created.createEntityManager().close();
      return created;
    } catch (RuntimeException e) {
      created.close();
      throw e;
    }
  }

  private DataSource pool(ThreadFactory threads) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("serversence");
    config.setJdbcUrl(settings.url());
    config.setDriverClassName(settings.h2() ? "org.h2.Driver" : "org.postgresql.Driver");
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setKeepaliveTime(30_000);
    config.setInitializationFailTimeout(1); // connects here and once, however long H2 recovers
    config.setThreadFactory(threads);
    config.setExceptionOverride(new Trouble());
    if (settings.h2()) {
      config.setMaxLifetime(0); // H2 closes its file with the last connection
    } else {
      config.addDataSourceProperty("connectTimeout", "2");
      config.addDataSourceProperty("socketTimeout", "10");
      config.addDataSourceProperty("tcpKeepAlive", "true");
      config.addDataSourceProperty("reWriteBatchedInserts", "true");
      config.addDataSourceProperty("ApplicationName", "serversence");
    }
    HikariDataSource opened = new HikariDataSource(config);
    pool = opened;
    return opened;
  }

  @SuppressWarnings("BanJNDI") // the name is the administrator's, from the process's settings
  private static DataSource lookup(String name) {
    try {
      return InitialContext.doLookup(name);
    } catch (NamingException e) {
      throw new DatabaseAway("no pool is named " + name, e);
    }
  }

  /** Reads in one transaction. */
  public <T> T read(Function<EntityManager, T> work) {
    Shared shared = SHARED.get();
    return shared == null || shared.database() != this
        ? transaction(work)
        : work.apply(shared.manager());
  }

  /**
   * Reads several times in one transaction: each beginning and end of one costs as much as a small
   * question. Every question still sees what was committed before it, and no two the same.
   */
  public <T> T together(Supplier<T> reads) {
    Shared outer = SHARED.get();
    if (outer != null) {
      return reads.get();
    }
    return transaction(
        em -> {
          SHARED.set(new Shared(this, em));
          try {
            return reads.get();
          } finally {
            SHARED.remove();
          }
        });
  }

  /**
   * Writes in one transaction, which is rolled back if the work throws.
   *
   * @throws Duplicate if a unique key is taken
   */
  public <T> T write(Function<EntityManager, T> work) {
    return transaction(work);
  }

  /**
   * Writes as {@link #write} does, if this node is the active one: the fence is asked within the
   * transaction.
   *
   * @throws LeaseLost if another node is the active one; nothing is written then
   */
  public <T> T writeActive(Function<EntityManager, T> work) {
    return transaction(
        em -> {
          fence.check(em);
          return work.apply(em);
        });
  }

  /** Sets what {@link #writeActive} asks; at first it lets everyone pass. */
  public void guard(Fence guardian) {
    fence = guardian;
  }

  private <T> T transaction(Function<EntityManager, T> work) {
    EntityManagerFactory opened = factory;
    if (opened == null) {
      throw new DatabaseAway("the database is not open");
    }
    EntityManager manager = null;
    try {
      manager = opened.createEntityManager();
      EntityTransaction transaction = manager.getTransaction();
      transaction.begin();
      T result = work.apply(manager);
      transaction.commit();
      return result;
    } catch (RuntimeException e) {
      rollBack(manager);
      throw Trouble.translated(e);
    } finally {
      if (manager != null) {
        try {
          manager.close();
        } catch (RuntimeException e) {
          // its connection is gone; the pool has noticed
        }
      }
    }
  }

  private static void rollBack(@Nullable EntityManager manager) {
    try {
      if (manager != null && manager.getTransaction().isActive()) {
        manager.getTransaction().rollback();
      }
    } catch (RuntimeException e) {
      // what failed before is what counts
    }
  }

  private void closePool() {
    HikariDataSource opened = pool;
    pool = null;
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public synchronized void close() {
    EntityManagerFactory opened = factory;
    factory = null;
    if (opened != null) {
      opened.close();
    }
    closePool();
  }
}
