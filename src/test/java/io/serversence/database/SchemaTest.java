package io.serversence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = {"H2_ECLIPSELINK", "POSTGRESQL_ECLIPSELINK"})
class SchemaTest {
  @Parameter Backend backend;

  private DatabaseSettings settings;
  private Database database;

  @BeforeEach
  void create() {
    settings = backend.empty();
    database = backend.create(settings);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void reopen() {
    database.close();
    database = backend.create(settings);
    database.open(Backend.threads());
  }

  private void run(String sql) {
    database.write(em -> em.createNativeQuery(sql).executeUpdate());
  }

  private List<?> rows(String sql) {
    return database.read(em -> em.createNativeQuery(sql).getResultList());
  }

  @Test
  void an_empty_database_gets_the_tables_once() {
    database.open(Backend.threads());
    database.open(Backend.threads());
    assertThat(rows("select name from app_user")).isEmpty();
    run("insert into lease (name, holder, fence, expires_at) values ('x', 'y', 1, now())");
    reopen();
    assertThat(rows("select holder from lease")).hasSize(1);
  }

  @Test
  void what_is_asked_before_it_is_open_or_after_it_was_closed_is_told_that_it_is_away() {
    assertThatThrownBy(() -> rows("select 1")).isInstanceOf(DatabaseAway.class);
    database.open(Backend.threads());
    database.close();
    assertThatThrownBy(() -> rows("select 1")).isInstanceOf(DatabaseAway.class);
  }

  @Test
  void a_newer_schema_is_refused_with_a_line_that_says_what_to_do() {
    database.open(Backend.threads());
    run(
        "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
            + " \"description\", \"type\", \"script\", \"checksum\", \"installed_by\","
            + " \"execution_time\", \"success\")"
            + " values (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', 1, true)");
    assertThatThrownBy(this::reopen)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "the database has schema version 900, but this version of ServerSence knows only \\d+;"
                + " start the version that wrote it, or a later one");
    assertThatThrownBy(() -> rows("select 1")).isInstanceOf(DatabaseAway.class);
  }

  @Test
  void a_changed_migration_is_refused() {
    database.open(Backend.threads());
    run("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '1'");
    assertThatThrownBy(this::reopen)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the database's schema does not fit this version of ServerSence: ");
  }

  @Test
  void a_transaction_that_throws_leaves_nothing() {
    database.open(Backend.threads());
    assertThatThrownBy(
            () ->
                database.write(
                    em -> {
                      em.createNativeQuery(
                              "insert into lease (name, holder, fence, expires_at)"
                                  + " values ('x', 'y', 1, now())")
                          .executeUpdate();
                      throw new ArithmeticException("on purpose");
                    }))
        .isInstanceOf(ArithmeticException.class);
    assertThat(rows("select holder from lease")).isEmpty();
  }

  @Test
  void a_value_that_does_not_fit_is_no_reason_to_try_again() {
    database.open(Backend.threads());
    String tooLong = "x".repeat(101);
    assertThatThrownBy(
            () ->
                run(
                    "insert into lease (name, holder, fence, expires_at) values ('x', '"
                        + tooLong
                        + "', 1, now())"))
        .isNotInstanceOf(DatabaseAway.class)
        .isNotInstanceOf(Duplicate.class);
  }
}
