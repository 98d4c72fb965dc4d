package io.serversence.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The tables, which this program owns and brings up to date. */
final class Schema {
  private Schema() {}

  /**
   * Migrates the database to this version of the program.
   *
   * @throws DatabaseAway if it cannot be reached now
   * @throws IllegalStateException if it cannot be migrated, such as one of a newer version
   */
  static void migrate(DataSource source) {
    Flyway flyway = flyway(source, MigrationVersion.LATEST);
    try {
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      if (unreachable(e)) {
        throw new DatabaseAway(Trouble.cause(e), e);
      }
      throw new IllegalStateException(
          "the database's schema does not fit this version of ServerSence: " + Trouble.cause(e), e);
    }
  }

  /** All migrations up to a version, on the classpath and in the code. */
  static Flyway flyway(DataSource source, MigrationVersion target) {
    return Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .javaMigrations(new PartitionMigration())
        .target(target)
        .load();
  }

  /** True of a PostgreSQL, false of an H2. */
  static boolean postgresql(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
  }

  private static void refuseNewer(Flyway flyway) {
    String known = "0";
    for (MigrationInfo migration : flyway.info().all()) {
      switch (migration.getState()) {
        case FUTURE_SUCCESS, FUTURE_FAILED ->
            throw new IllegalStateException(
                "the database has schema version "
                    + migration.getVersion()
                    + ", but this version of ServerSence knows only "
                    + known
                    + "; start the version that wrote it, or a later one");
        default -> known = String.valueOf(migration.getVersion());
      }
    }
  }

  private static boolean unreachable(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return sql instanceof SQLTransientException
            || state.startsWith("08")
            || state.startsWith("57P");
      }
    }
    return false;
  }
}
