package io.serversence.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.jdbc.DriverDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every version of the schema that there ever was, with data in each table, becomes this one. */
@ParameterizedClass
@EnumSource(names = {"H2_ECLIPSELINK", "POSTGRESQL_ECLIPSELINK"})
class UpgradeTest {
  @Parameter Backend backend;

  private static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  private static Flyway flyway(DatabaseSettings settings, MigrationVersion target) {
    return Schema.flyway(
        new DriverDataSource(
            UpgradeTest.class.getClassLoader(),
            null,
            settings.url(),
            settings.user(),
            settings.password()),
        target);
  }

  /** All of them; partitions of one are no tables of their own. */
  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    String partition =
        Schema.postgresql(connection)
            ? " and not exists (select 1 from pg_inherits where inhrelid = to_regclass(table_name))"
            : "";
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name from information_schema.tables where lower(table_schema)"
                    + " = 'public' and table_name <> 'flyway_schema_history'"
                    + partition
                    + " order by 1")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static void fill(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table)) {
      ResultSetMetaData columns = rows.getMetaData();
      String marks = ", ?".repeat(columns.getColumnCount()).substring(2);
      try (PreparedStatement insert =
          connection.prepareStatement("insert into " + table + " values (" + marks + ")")) {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          insert.setObject(i, value(columns.getColumnType(i)));
        }
        insert.executeUpdate();
      }
    }
  }

  private static Object value(int type) {
    return switch (type) {
      case Types.INTEGER, Types.BIGINT, Types.SMALLINT -> 1;
      case Types.VARCHAR, Types.CHAR -> "x";
      case Types.BOOLEAN, Types.BIT -> true;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          OffsetDateTime.parse("2026-11-22T10:00:00Z");
      case Types.BINARY, Types.VARBINARY -> new byte[] {1};
      case Types.DOUBLE, Types.NUMERIC -> 1.5;
      default -> throw new IllegalArgumentException("add a value of SQL type " + type);
    };
  }

  private static Map<String, Integer> counts(Connection connection) throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    for (String table : tables(connection)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
        assertThat(rows.next()).isTrue();
        counts.put(table, rows.getInt(1));
      }
    }
    return counts;
  }

  @Test
  void data_of_every_earlier_version_is_there_after_the_upgrade() throws SQLException {
    List<MigrationVersion> versions = new ArrayList<>();
    for (MigrationInfo info : flyway(backend.empty(), MigrationVersion.LATEST).info().all()) {
      versions.add(info.getVersion());
    }
    assertThat(versions.size()).isGreaterThan(4);
    for (MigrationVersion version : versions) {
      DatabaseSettings settings = backend.empty();
      flyway(settings, version).migrate();
      Map<String, Integer> before;
      try (Connection connection = connect(settings)) {
        for (String table : tables(connection)) {
          fill(connection, table);
        }
        before = counts(connection);
        assertThat(before.values()).as("rows of version %s", version).containsOnly(1);
      }
      try (Database database = backend.create(settings)) {
        database.open(Backend.threads());
      }
      try (Connection connection = connect(settings)) {
        assertThat(counts(connection)).as("from version %s", version).containsAllEntriesOf(before);
      }
    }
  }

  /** Of a hundred days, and of a day long ago. */
  private static void history(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int hour = 470_000; hour < 472_400; hour += 24) {
        statement.execute(
            "insert into packed_sample (n, start_hour, part, outcomes, content) values (1, "
                + (hour + 7)
                + ", 0, 1, '"
                + hour
                + "')");
      }
      statement.execute(
          "insert into packed_sample (n, start_hour, part, outcomes, content) values (1, -5, 0, 1,"
              + " '11')");
      for (int step = 0; step < 4; step++) {
        statement.execute(
            "insert into rollup (n, step, start_hour, content, observed) select n, "
                + step
                + ", start_hour, content, content from packed_sample");
      }
    }
  }

  private static List<String> rows(Connection connection) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String sql :
        List.of(
            "select n, start_hour, part, outcomes, content from packed_sample order by 1, 2, 3",
            "select n, step, start_hour, content, observed from rollup order by 1, 2, 3")) {
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery(sql)) {
        while (found.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= 5; i++) {
            row.append(found.getString(i)).append(' ');
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  @Test
  void history_from_before_there_were_partitions_is_the_same_in_them() throws SQLException {
    DatabaseSettings settings = backend.empty();
    flyway(settings, MigrationVersion.fromVersion("22")).migrate();
    List<String> before;
    try (Connection connection = connect(settings)) {
      history(connection);
      before = rows(connection);
    }
    assertThat(before).hasSize(505);
    flyway(settings, MigrationVersion.LATEST).migrate();
    try (Connection connection = connect(settings)) {
      assertThat(rows(connection)).isEqualTo(before);
      if (Schema.postgresql(connection)) {
        try (Statement statement = connection.createStatement();
            ResultSet parts =
                statement.executeQuery(
                    "select count(distinct tableoid) from packed_sample union all"
                        + " select count(distinct tableoid) from rollup where step = 1 union all"
                        + " select count(*) from packed_sample_rest")) {
          List<Integer> counts = new ArrayList<>();
          while (parts.next()) {
            counts.add(parts.getInt(1));
          }
          assertThat(counts).containsExactly(101, 16, 0);
        }
      }
    }
  }
}
