package io.serversence.monitor;

import io.serversence.document.Durations;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Keys;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a monitor (API.md, Monitors), as REST, the configuration file and the
 * database have it.
 */
public final class MonitorDocument {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private MonitorDocument() {}

  /**
   * Reads a monitor.
   *
   * @param previous the monitor that this one replaces: its key counts if none is given, its
   *     secrets where {@code ***} is written, and its conditions may be written back as they are
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public static Monitor read(JsonObject document, @Nullable Monitor previous) {
    return read(document, previous, false);
  }

  private static Monitor read(JsonObject document, @Nullable Monitor previous, boolean fromStore) {
    Fields fields =
        new Fields(document)
            .ignore("state", "revision", "createdAt", "updatedAt", "managedBy", "n");
    String name = fields.required("name", 1, 200);
    String id = fields.id(name, previous == null ? null : previous.id());
    Target target =
        fields.has("target")
            ? TargetDocument.read(
                fields.object("target"), previous == null ? null : previous.target(), fromStore)
            : fields.fault("target", "is required");
    Duration interval = or(fields.duration("interval", SECOND, DAY), Duration.ofSeconds(60));
    Duration timeout =
        or(
            fields.duration("timeout", Duration.ofMillis(1), LONGEST_TIMEOUT),
            least(DEFAULT_TIMEOUT, interval));
    if (timeout.compareTo(interval) > 0) {
      fields.fault("timeout", "must not be longer than the interval");
    }
    boolean heartbeat = target instanceof Target.Heartbeat;
    int most = heartbeat ? 1 : 20;
    Thresholds thresholds =
        new Thresholds(
            or(
                fields.integer("failureThreshold", 1, most),
                heartbeat ? 1 : Thresholds.DEFAULT.failure()),
            or(
                fields.integer("successThreshold", 1, most),
                heartbeat ? 1 : Thresholds.DEFAULT.success()));
    Duration retry = or(fields.duration("retryInterval", SECOND, DAY), interval);
    List<String> dependsOn = dependsOn(fields, id);
    Predicate<String> isStored = text -> fromStore || (previous != null && has(previous, text));
    String severity = fields.oneOf("severity", List.of("info", "warning", "critical"));
    String group = fields.string("group", 0, 100);
    Monitor monitor =
        new Monitor(
            or(id, ""),
            or(name, ""),
            group == null || group.isEmpty() ? null : group,
            distinct(fields, "tags", 50, 100),
            or(fields.text("description", 2_000), ""),
            or(fields.bool("enabled"), true),
            target == null ? new Target.Heartbeat(SECOND, "") : target,
            conditions(fields, "conditions", defaultConditions(target), isStored),
            conditions(fields, "degradedWhen", List.of(), isStored),
            interval,
            timeout,
            retry,
            thresholds,
            dependsOn,
            severity == null ? Severity.CRITICAL : severityOf(severity));
    fields.finish();
    return monitor;
  }

  /** Reads what {@link #write} wrote with its secrets. */
  public static Monitor stored(JsonObject document) {
    return read(document, null, true);
  }

  /** The severity with the given word, which must be one. */
  public static Severity severityOf(String word) {
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    throw new IllegalArgumentException("no severity " + word);
  }

  private static List<String> dependsOn(Fields fields, @Nullable String id) {
    List<String> keys = distinct(fields, "dependsOn", 50, 63);
    for (int i = 0; i < keys.size(); i++) {
      if (!Keys.isKey(keys.get(i))) {
        fields.fault("dependsOn[" + i + "]", "must be a key: " + Keys.FORM);
      } else if (keys.get(i).equals(id)) {
        fields.fault("dependsOn[" + i + "]", "must not be the monitor itself");
      }
    }
    return keys;
  }

  private static List<String> distinct(Fields fields, String name, int maxItems, int maxLength) {
    return List.copyOf(new LinkedHashSet<>(fields.strings(name, maxItems, maxLength)));
  }

  private static List<String> defaultConditions(@Nullable Target target) {
    return List.of(target instanceof Target.Http ? "[STATUS] < 400" : "[CONNECTED] == true");
  }

  private static boolean has(Monitor monitor, String condition) {
    return monitor.allConditions().anyMatch(one -> one.text().equals(condition));
  }

  private static List<Condition> conditions(
      Fields fields, String name, List<String> otherwise, Predicate<String> isStored) {
    List<String> texts = fields.strings(name, 50, 1_000);
    if (texts.isEmpty()) {
      texts = otherwise;
    }
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        String text = texts.get(i);
        conditions.add(isStored.test(text) ? Condition.stored(text) : Condition.parse(text));
      } catch (ConditionSyntaxException e) {
        fields.fault(name + "[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return conditions;
  }

  /**
   * Writes a monitor.
   *
   * @param secrets whether secrets are written out, as the store needs it, or as {@code ***}
   */
  public static JsonObject write(Monitor monitor, boolean secrets) {
    JsonObjectBuilder document =
        Json.object()
            .add("id", monitor.id())
            .add("name", monitor.name())
            .add("group", Json.string(monitor.group()))
            .add("tags", Json.strings(monitor.tags()))
            .add("description", monitor.description())
            .add("enabled", monitor.enabled())
            .add("target", TargetDocument.write(monitor.target(), secrets))
            .add("conditions", texts(monitor.conditions()))
            .add("degradedWhen", texts(monitor.degradedWhen()))
            .add("interval", Durations.format(monitor.interval()))
            .add("timeout", Durations.format(monitor.timeout()))
            .add("retryInterval", Durations.format(monitor.retryInterval()))
            .add("failureThreshold", monitor.thresholds().failure())
            .add("successThreshold", monitor.thresholds().success())
            .add("dependsOn", Json.strings(monitor.dependsOn()))
            .add("severity", monitor.severity().word());
    return document.build();
  }

  private static JsonValue texts(List<Condition> conditions) {
    JsonArrayBuilder array = Json.array();
    conditions.forEach(c -> array.add(c.text()));
    return array.build();
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
