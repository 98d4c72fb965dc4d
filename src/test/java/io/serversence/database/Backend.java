package io.serversence.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Each database with each persistence provider that ServerSence meets on its servers. */
public enum Backend {
  H2_ECLIPSELINK(false, "org.eclipse.persistence.jpa.PersistenceProvider"),
  H2_HIBERNATE(false, "org.hibernate.jpa.HibernatePersistenceProvider"),
  POSTGRESQL_ECLIPSELINK(true, "org.eclipse.persistence.jpa.PersistenceProvider"),
  POSTGRESQL_HIBERNATE(true, "org.hibernate.jpa.HibernatePersistenceProvider");

  private static final List<String> TABLES =
      List.of(
          "notification",
          "kept_document",
          "timeline",
          "incident",
          "pause",
          "sample",
          "packed_sample",
          "rollup",
          "monitor_state",
          "monitor",
          "app_user",
          "api_token",
          "audit",
          "lease");

  private static final Map<Backend, Database> OPENED = new ConcurrentHashMap<>();

  /** Loud about what tests provoke; kept here, lest they be collected with their levels. */
  private static final List<Logger> QUIET =
      Stream.of("org.flywaydb", "com.zaxxer.hikari", "org.hibernate", "io.zonky")
          .map(Logger::getLogger)
          .toList();

  static {
    QUIET.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final boolean postgresql;
  private final String provider;

  Backend(boolean postgresql, String provider) {
    this.postgresql = postgresql;
    this.provider = provider;
  }

  /** The one database of this backend, with a schema and without rows. */
  public Database cleared() {
    Database database = OPENED.computeIfAbsent(this, Backend::opened);
    database.write(
        em -> {
          TABLES.forEach(table -> em.createNativeQuery("delete from " + table).executeUpdate());
          return true;
        });
    return database;
  }

  private Database opened() {
    Database database = create(empty());
    database.open(threads());
    return database;
  }

  /** Settings of a new database without a schema. */
  public DatabaseSettings empty() {
    return postgresql ? PostgreSql.empty() : h2(folder());
  }

  /** A database that is not opened yet. */
  public Database create(DatabaseSettings settings) {
    return new Database(
        settings,
        Map.of("jakarta.persistence.provider", provider, "eclipselink.logging.level", "OFF"));
  }

  /** Settings of an H2 in a folder. */
  public static DatabaseSettings h2(Path folder) {
    return DatabaseSettings.of(null, null, null, null, folder);
  }

  /** Daemon threads, as the container's would be of no hindrance to its end. */
  public static ThreadFactory threads() {
    return work -> {
      Thread thread = Executors.defaultThreadFactory().newThread(work);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/h2")), "test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
