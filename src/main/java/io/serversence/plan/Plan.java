package io.serversence.plan;

import io.serversence.document.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * What is to change, in the order in which it can be done.
 *
 * @param unchanged how many of the declared things are as declared already
 */
public record Plan(List<Step> create, List<Step> update, List<Step> delete, int unchanged) {
  /**
   * One change.
   *
   * @param what the path in REST, such as {@code monitors/shop-front}
   * @param change makes it
   */
  public record Step(String what, Runnable change) {}

  public Plan {
    create = List.copyOf(create);
    update = List.copyOf(update);
    delete = List.copyOf(delete);
  }

  /** Makes all changes, each on its own; the first that fails is the last that is tried. */
  void carryOut() {
    create.forEach(step -> step.change().run());
    update.forEach(step -> step.change().run());
    delete.forEach(step -> step.change().run());
  }

  /** Writes it as the API shows it. */
  public JsonObject write() {
    return Json.object()
        .add("create", names(create))
        .add("update", names(update))
        .add("delete", names(delete))
        .add("unchanged", unchanged)
        .build();
  }

  private static JsonValue names(List<Step> steps) {
    return Json.strings(steps.stream().map(Step::what).toList());
  }
}
