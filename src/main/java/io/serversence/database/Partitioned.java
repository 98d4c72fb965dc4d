package io.serversence.database;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A table that PostgreSQL keeps in partitions by hour, counted from 1970 in UTC, so that what is
 * old is dropped and not deleted. What no partition is for goes to the table's default one.
 */
public enum Partitioned {
  SAMPLES("packed_sample", 1),
  MINUTES("rollup_minute", 2),
  FIVE_MINUTES("rollup_five_minutes", 7),
  HOURS("rollup_hour", 56);

  private final String table;
  private final int hours;

  Partitioned(String table, int days) {
    this.table = table;
    this.hours = days * 24;
  }

  String table() {
    return table;
  }

  /** The partition of what has none of its own. */
  String rest() {
    return table + "_rest";
  }

  /** How many hours a partition holds. */
  int hours() {
    return hours;
  }

  /** The first hour of the partition that an hour belongs in. */
  int start(int hour) {
    return Math.floorDiv(hour, hours) * hours;
  }

  /**
   * The statements that make a partition. It is made apart and attached, because to make it in its
   * place would lock the whole table.
   *
   * @param start its first hour
   */
  List<String> made(int start) {
    String name =
        table
            + "_"
            + LocalDate.ofEpochDay(Math.floorDiv(start, 24))
                .format(DateTimeFormatter.BASIC_ISO_DATE);
    return List.of(
        "create table " + name + " (like " + table + " including all)",
        "alter table "
            + table
            + " attach partition "
            + name
            + " for values from ("
            + start
            + ") to ("
            + (start + hours)
            + ")");
  }
}
