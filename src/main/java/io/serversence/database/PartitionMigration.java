package io.serversence.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Puts packed samples and roll-ups of a PostgreSQL into partitions by time; an H2 stays as it is.
 */
final class PartitionMigration implements JavaMigration {
  /** What is older than so many partitions with rows goes to the default one. */
  private static final int MOST = 400;

  private static final String SAMPLE_COLUMNS = "n, start_hour, part, outcomes, content";
  private static final String ROLLUP_COLUMNS = "n, step, start_hour, content, observed";

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("30");
  }

  @Override
  public String getDescription() {
    return "partitions";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    if (!Schema.postgresql(connection)) {
      return;
    }
    patient(connection);
    try (Statement statement = connection.createStatement()) {
      for (String sql : tables()) {
        statement.execute(sql);
      }
      partitions(statement, Partitioned.SAMPLES, "packed_sample_before");
      partitions(statement, Partitioned.MINUTES, "rollup_before where step = 0");
      partitions(statement, Partitioned.FIVE_MINUTES, "rollup_before where step = 1");
      partitions(statement, Partitioned.HOURS, "rollup_before where step = 2");
      move(statement, "packed_sample", SAMPLE_COLUMNS);
      move(statement, "rollup", ROLLUP_COLUMNS);
    }
  }

  /** The pool gives up an answer after ten seconds, which rows of years may take to move. */
  private static void patient(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLFeatureNotSupportedException e) {
      // then a pool of the server's, which has a limit of its own or none
    }
  }

  private static List<String> tables() {
    List<String> all = new ArrayList<>();
    all.add("alter table packed_sample rename to packed_sample_before");
    all.add("alter table rollup rename to rollup_before");
    all.add("alter index packed_sample_pkey rename to packed_sample_before_pkey");
    all.add("alter index rollup_pkey rename to rollup_before_pkey");
    all.add(
        "create table packed_sample (n integer not null, start_hour integer not null,"
            + " part smallint not null, outcomes smallint not null, content bytea not null,"
            + " primary key (n, start_hour, part)) partition by range (start_hour)");
    all.add(
        "create table rollup (n integer not null, step smallint not null,"
            + " start_hour integer not null, content bytea not null, observed bytea,"
            + " primary key (n, step, start_hour)) partition by list (step)");
    all.add(level("rollup_minute", 0) + " partition by range (start_hour)");
    all.add(level("rollup_five_minutes", 1) + " partition by range (start_hour)");
    all.add(level("rollup_hour", 2) + " partition by range (start_hour)");
    all.add(level("rollup_day", 3)); // for ever
    for (Partitioned table : Partitioned.values()) {
      all.add("create table " + table.rest() + " partition of " + table.table() + " default");
    }
    return all;
  }

  private static String level(String name, int step) {
    return "create table " + name + " partition of rollup for values in (" + step + ")";
  }

  private static void partitions(Statement statement, Partitioned table, String rows)
      throws SQLException {
    List<Integer> starts = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "select distinct cast(floor(start_hour / "
                + table.hours()
                + ".0) as integer) from "
                + rows
                + " order by 1 desc limit "
                + MOST)) {
      while (found.next()) {
        starts.add(found.getInt(1) * table.hours());
      }
    }
    for (int start : starts) {
      for (String sql : table.made(start)) {
        statement.execute(sql);
      }
    }
  }

  private static void move(Statement statement, String table, String columns) throws SQLException {
    statement.execute(
        "insert into "
            + table
            + " ("
            + columns
            + ") select "
            + columns
            + " from "
            + table
            + "_before");
    statement.execute("drop table " + table + "_before");
    statement.execute("analyze " + table);
  }
}
