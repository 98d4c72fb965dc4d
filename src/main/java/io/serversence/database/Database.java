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
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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

  private final DatabaseSettings settings;
  private final Map<String, String> properties;
  private volatile @Nullable EntityManagerFactory factory;
  private @Nullable HikariDataSource pool;

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
    DataSource source;
    try {
      source = settings.jndi() == null ? pool(threads) : lookup(settings.jndi());
      try (Connection connection = source.getConnection()) {
        connection.isValid(2);
      }
    } catch (SQLException | RuntimeException e) {
      closePool();
      throw new DatabaseAway(cause(e), e);
    }
    migrate(source);
    Map<String, Object> all = new HashMap<>(properties);
    all.put("jakarta.persistence.nonJtaDataSource", source);
    factory = Persistence.createEntityManagerFactory("serversence", all);
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
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(threads);
    if (!settings.h2()) {
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
      throw new IllegalStateException("no pool is named " + name, e);
    }
  }

  private void migrate(DataSource source) {
    try {
      Flyway flyway =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(source)
              .locations("classpath:db/migration")
              .ignoreMigrationPatterns("*:ignored")
              .load();
      flyway.migrate();
    } catch (FlywayException e) {
      closePool();
      throw new IllegalStateException(
          "the database's schema does not fit this version of ServerSence: " + cause(e), e);
    }
  }

  /** Reads in one transaction. */
  public <T> T read(Function<EntityManager, T> work) {
    return transaction(work);
  }

  /**
   * Writes in one transaction, which is rolled back if the work throws.
   *
   * @throws Duplicate if a unique key is taken
   */
  public <T> T write(Function<EntityManager, T> work) {
    return transaction(work);
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
      throw translated(e);
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

  /** Tells a lost connection and a taken key from everything else. */
  private static RuntimeException translated(RuntimeException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        if (state.equals("23505")) {
          return new Duplicate(e);
        }
        if (lost(sql, state)) {
          return new DatabaseAway(cause(sql), e);
        }
      }
    }
    return e;
  }

  /**
   * Connection exceptions (class 08), PostgreSQL's shutdown and start-up (57P0x) and lack of room
   * (53), and H2's closed or broken file (9000x, 9002x, 90067, 90098, 90121, 90028, 90031).
   */
  private static boolean lost(SQLException e, String state) {
    return e instanceof java.sql.SQLTransientConnectionException
        || e instanceof java.sql.SQLNonTransientConnectionException
        || e instanceof java.sql.SQLRecoverableException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53")
        || state.equals("90007")
        || state.equals("90028")
        || state.equals("90031")
        || state.equals("90067")
        || state.equals("90098")
        || state.equals("90121");
  }

  private static String cause(Throwable e) {
    Throwable t = e;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    String message = String.valueOf(t.getMessage()).strip();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
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
