package io.serversence.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = {"POSTGRESQL_ECLIPSELINK", "POSTGRESQL_HIBERNATE"})
class PartitionsTest {
  /** The first hour of a day, of two days, of a week and of eight weeks. */
  private static final int HOUR = 24 * 56 * 360;

  @Parameter Backend backend;

  private Database database;
  private Partitions partitions;

  @BeforeEach
  void open() {
    database = backend.cleared();
    partitions = new Partitions(database);
    for (Partitioned table : Partitioned.values()) {
      partitions.drop(table, Integer.MAX_VALUE);
    }
  }

  private void packed(int n, int hour) {
    run("insert into packed_sample values (" + n + ", " + hour + ", 0, 1, '')");
  }

  private void run(String sql) {
    assertThat(database.<Integer>write(em -> em.createNativeQuery(sql).executeUpdate()))
        .isEqualTo(1);
  }

  /** The tables that rows of a table are in, with how many each has. */
  private List<String> places(String table) {
    List<?> rows =
        database.read(
            em ->
                em.createNativeQuery(
                        "select c.relname || ' ' || count(*) from "
                            + table
                            + " r join pg_class c on c.oid = r.tableoid group by c.relname"
                            + " order by 1")
                    .getResultList());
    return rows.stream().map(String::valueOf).toList();
  }

  @Test
  void a_row_goes_to_the_partition_of_its_time_or_else_to_the_default_one() {
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR + 5)).isEqualTo(9);
    packed(1, HOUR - 25);
    packed(1, HOUR - 24);
    packed(1, HOUR + 23);
    packed(1, HOUR + 24);
    packed(1, HOUR + 8 * 24 - 1);
    packed(1, HOUR + 8 * 24);
    packed(1, -1);
    assertThat(places("packed_sample"))
        .containsExactly(
            "packed_sample_20250312 1",
            "packed_sample_20250313 1",
            "packed_sample_20250314 1",
            "packed_sample_20250320 1",
            "packed_sample_rest 3");
  }

  @Test
  void every_resolution_has_its_own_partitions_and_days_have_none() {
    assertThat(partitions.ahead(Partitioned.MINUTES, HOUR)).isEqualTo(5);
    assertThat(partitions.ahead(Partitioned.FIVE_MINUTES, HOUR)).isEqualTo(2);
    assertThat(partitions.ahead(Partitioned.HOURS, HOUR)).isEqualTo(2);
    for (int step = 0; step < 4; step++) {
      run("insert into rollup values (1, " + step + ", " + HOUR + ", '', null)");
    }
    assertThat(places("rollup"))
        .containsExactly(
            "rollup_day 1",
            "rollup_five_minutes_20250313 1",
            "rollup_hour_20250313 1",
            "rollup_minute_20250313 1");
  }

  @Test
  void partitions_are_made_once_and_follow_the_time() {
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR)).isEqualTo(8);
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR)).isZero();
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR + 48)).isEqualTo(2);
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR - 48))
        .as("after a clock that was ahead")
        .isEqualTo(2);
  }

  @Test
  void what_is_old_as_a_whole_is_dropped_and_what_is_outside_partitions_deleted() {
    partitions.ahead(Partitioned.SAMPLES, HOUR);
    packed(1, HOUR - 1);
    packed(2, HOUR - 24);
    packed(1, HOUR);
    packed(1, HOUR - 100);
    packed(2, HOUR - 100);
    assertThat(partitions.drop(Partitioned.SAMPLES, HOUR - 1)).isZero();
    assertThat(partitions.drop(Partitioned.SAMPLES, HOUR)).isEqualTo(2);
    assertThat(partitions.deleteStrays(Partitioned.SAMPLES, HOUR - 100, 10)).isZero();
    assertThat(partitions.deleteStrays(Partitioned.SAMPLES, HOUR, 1)).isEqualTo(1);
    assertThat(partitions.deleteStrays(Partitioned.SAMPLES, HOUR, 10)).isEqualTo(1);
    assertThat(places("packed_sample")).containsExactly("packed_sample_20250313 1");
  }

  @Test
  void rows_that_were_there_first_stay_in_the_default_partition() {
    packed(1, HOUR + 1);
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR)).isEqualTo(7);
    packed(1, HOUR + 2);
    assertThat(places("packed_sample")).containsExactly("packed_sample_rest 2");
  }

  @Test
  void nobody_waits_long_behind_a_partition_that_waits_for_a_slow_reader() {
    partitions.ahead(Partitioned.SAMPLES, HOUR);
    packed(1, HOUR - 1);
    database.read(
        slow -> {
          slow.createNativeQuery("select n from packed_sample").getResultList();
          assertThat(partitions.drop(Partitioned.SAMPLES, HOUR)).isZero();
          assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR + 24)).isZero();
          assertThat(partitions.postponed()).isEqualTo(2);
          packed(2, HOUR - 1);
          return true;
        });
    assertThat(partitions.drop(Partitioned.SAMPLES, HOUR)).isEqualTo(2);
    assertThat(partitions.ahead(Partitioned.SAMPLES, HOUR + 24)).isEqualTo(1);
  }
}
