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
    return Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:db/migration")
        .target(target)
        .load();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name from information_schema.tables where lower(table_schema)"
                    + " = 'public' and table_name <> 'flyway_schema_history' order by 1")) {
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
}
