package io.serversence.page;

import io.serversence.document.Json;
import io.serversence.document.Times;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a status page shows at one moment, and so all that anyone may know: no address, no
 * evidence, no cause, no comment, and nothing of a monitor that is not on the page.
 *
 * @param updatedAt when what is configured of the page was changed
 * @param days whether the past could be read
 */
public record StatusView(
    StatusPage page,
    Instant updatedAt,
    Instant at,
    List<Row> rows,
    List<Outage> outages,
    List<Work> works,
    boolean days) {

  /** A day of a monitor: the share of it that was good, null where nothing was seen. */
  public record Day(@Nullable Double availability, boolean degraded) {}

  /**
   * A monitor.
   *
   * @param availability of all days together, null where nothing was seen
   * @param days the oldest first, today last
   */
  public record Row(
      String id,
      String name,
      PageState state,
      Instant since,
      @Nullable Double availability,
      List<Day> days) {}

  /**
   * An incident.
   *
   * @param endedAt null while it goes on
   * @param changedAt when what is shown of it changed last
   */
  public record Outage(
      String id,
      String monitor,
      String name,
      Instant startedAt,
      @Nullable Instant endedAt,
      boolean acknowledged,
      Instant changedAt) {}

  /** Maintenance that was announced, and the names of what it is about. */
  public record Work(String name, Instant startsAt, Instant endsAt, List<String> monitors) {}

  public StatusView {
    rows = List.copyOf(rows);
    outages = List.copyOf(outages);
    works = List.copyOf(works);
  }

  /** Of all together. */
  PageState state() {
    return PageState.worst(rows.stream().map(Row::state).toList());
  }

  /** The state of all, in words. */
  String headline(PageWords words) {
    if (rows.isEmpty()) {
      return words.nothingToShow();
    }
    boolean all = rows.stream().allMatch(row -> row.state() == PageState.DOWN);
    return all ? words.everythingDown() : words.headline(state());
  }

  /** Writes it for programs. */
  public JsonObject write(PageLanguage language) {
    JsonArrayBuilder monitors = Json.array();
    rows.forEach(row -> monitors.add(write(row, language.words())));
    return fields(language.words()).add("monitors", monitors).build();
  }

  /** The same, but the monitors, which {@link #write(Row, PageWords)} writes. */
  JsonObject writeWithoutRows(PageWords words) {
    return fields(words).build();
  }

  private JsonObjectBuilder fields(PageWords words) {
    JsonArrayBuilder incidents = Json.array();
    for (Outage outage : outages) {
      Instant ended = outage.endedAt();
      incidents.add(
          Json.object()
              .add("id", outage.id())
              .add("monitor", outage.monitor())
              .add("name", outage.name())
              .add("startedAt", Times.format(outage.startedAt()))
              .add("endedAt", Json.string(ended == null ? null : Times.format(ended)))
              .add("acknowledged", outage.acknowledged()));
    }
    JsonArrayBuilder maintenance = Json.array();
    for (Work work : works) {
      maintenance.add(
          Json.object()
              .add("name", work.name())
              .add("startsAt", Times.format(work.startsAt()))
              .add("endsAt", Times.format(work.endsAt()))
              .add("monitors", Json.strings(work.monitors())));
    }
    return Json.object()
        .add("id", page.id())
        .add("title", page.title())
        .add("description", page.description())
        .add("at", Times.format(at))
        .add("state", state().name())
        .add("headline", headline(words))
        .add("past", days)
        .add("incidents", incidents)
        .add("maintenance", maintenance);
  }

  static JsonObject write(Row row, PageWords words) {
    JsonArrayBuilder days = Json.array();
    row.days().forEach(day -> days.add(share(day.availability())));
    return Json.object()
        .add("id", row.id())
        .add("name", row.name())
        .add("state", row.state().name())
        .add("word", words.state(row.state()))
        .add("since", Times.format(row.since()))
        .add("availability", share(row.availability()))
        .add("days", days)
        .build();
  }

  /** Rounded down, lest a bad day looks like a good one. */
  private static JsonValue share(@Nullable Double share) {
    return share == null
        ? JsonValue.NULL
        : Json.decimal(BigDecimal.valueOf(share).setScale(6, RoundingMode.FLOOR));
  }

  /** A share in percent, rounded down to two digits after the point. */
  static String hundredths(double share) {
    BigDecimal percent =
        BigDecimal.valueOf(share).movePointRight(2).setScale(2, RoundingMode.FLOOR);
    return percent.stripTrailingZeros().toPlainString();
  }
}
