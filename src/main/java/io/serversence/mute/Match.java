package io.serversence.mute;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.monitor.Monitor;
import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which monitors are meant: its fields are and, the values in one are or, and an empty one matches
 * all. Immutable.
 */
public record Match(
    List<String> tags, List<String> groups, List<String> severities, List<String> monitors) {
  public static final Match ALL = new Match(List.of(), List.of(), List.of(), List.of());

  public Match {
    tags = List.copyOf(tags);
    groups = List.copyOf(groups);
    severities = List.copyOf(severities);
    monitors = List.copyOf(monitors);
  }

  public boolean accepts(Monitor monitor) {
    return (tags.isEmpty() || monitor.tags().stream().anyMatch(tags::contains))
        && (groups.isEmpty() || (monitor.group() != null && groups.contains(monitor.group())))
        && (severities.isEmpty() || severities.contains(monitor.severity().word()))
        && (monitors.isEmpty() || monitors.contains(monitor.id()));
  }

  /** Reads a match; null for all. */
  public static Match read(@Nullable Fields fields) {
    if (fields == null) {
      return ALL;
    }
    List<String> severities = fields.strings("severity", 3, 20);
    for (int i = 0; i < severities.size(); i++) {
      if (!List.of("info", "warning", "critical").contains(severities.get(i))) {
        fields.fault("severity[" + i + "]", "must be one of info, warning, critical");
      }
    }
    return new Match(
        fields.strings("tags", 100, 100),
        fields.strings("group", 100, 100),
        severities,
        fields.strings("monitor", 1_000, 63));
  }

  /** Writes it, each field a list. */
  public JsonObject write() {
    return Json.object()
        .add("tags", Json.strings(tags))
        .add("group", Json.strings(groups))
        .add("severity", Json.strings(severities))
        .add("monitor", Json.strings(monitors))
        .build();
  }
}
