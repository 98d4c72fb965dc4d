package io.serversence.api;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.history.HistoryStore;
import io.serversence.history.Tally;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.Monitor;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Figures of the groups and tags of monitors. A monitor has the weight of its time, an incident
 * that of one, whichever of them it is of; monitors of no group are together at the end.
 */
final class GroupReport {
  /** The group of those without one; after every other text. */
  static final String NONE = "\uffff";

  private GroupReport() {}

  private record Group(int monitors, Tally tally) {
    Group and(Group other) {
      return new Group(monitors + other.monitors, tally.and(other.tally));
    }
  }

  /**
   * The answer.
   *
   * @param by what the names of a monitor are
   */
  static Response answer(
      Asked asked,
      Catalogue catalogue,
      HistoryStore history,
      String by,
      Function<Monitor, ? extends Collection<String>> names) {
    ReportQuestion question = ReportQuestion.read(asked, catalogue);
    Query.Window window = question.window();
    Map<String, Group> groups = new TreeMap<>();
    history.tallies(
        question.monitors(),
        window.from(),
        window.to(),
        question.now(),
        (configured, tally) -> {
          for (String name : names.apply(configured.monitor())) {
            groups.merge(name, new Group(1, tally), Group::and);
          }
        });
    List<JsonObject> rows = new ArrayList<>(groups.size());
    groups.forEach((name, group) -> rows.add(row(by, name, group)));
    String type = Rows.wanted(asked.header("Accept"));
    if (!type.equals(Answer.TYPE)) {
      Iterator<List<JsonObject>> parts = List.of(rows, List.<JsonObject>of()).iterator();
      return Rows.stream(
          type,
          HistoryDocument.columns(by, "monitors"),
          () -> parts.hasNext() ? parts.next() : List.of());
    }
    JsonArrayBuilder items = Json.array();
    rows.forEach(items::add);
    return Answer.conditional(
        Json.object()
            .add("from", Times.format(window.from()))
            .add("to", Times.format(window.to()))
            .add("items", items)
            .build(),
        asked);
  }

  private static JsonObject row(String by, String name, Group group) {
    return HistoryDocument.write(
            Json.object()
                .add(by, Json.string(name.equals(NONE) ? null : name))
                .add("monitors", group.monitors()),
            group.tally().figures())
        .build();
  }
}
