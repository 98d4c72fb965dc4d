package io.serversence.alert;

import io.serversence.document.Durations;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.monitor.Severity;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The written form of a route (API.md, Alerts). */
public final class RouteDocument {
  private static final int MOST = 100;
  private static final Duration ZERO = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MONTH = Duration.ofDays(30);

  private RouteDocument() {}

  /**
   * Reads a route.
   *
   * @param previous the route that this one replaces, whose key counts if none is given; or null
   * @param isChannel whether a channel of a key is there
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public static Route read(
      JsonObject document, @Nullable Route previous, Predicate<String> isChannel) {
    Fields fields = new Fields(document).ignore("revision", "createdAt", "updatedAt", "managedBy");
    String name = fields.required("name", 1, 200);
    String id = fields.id(name, previous == null ? null : previous.id());
    Integer order = fields.integer("order", -1_000_000, 1_000_000);
    Route.Match match = match(fields.object("match"));
    List<String> channels = channels(fields, isChannel);
    Set<Route.GroupBy> groupBy = new LinkedHashSet<>();
    List<String> words = fields.strings("groupBy", 3, 10);
    for (int i = 0; i < words.size(); i++) {
      Route.GroupBy by = word(Route.GroupBy.values(), words.get(i));
      if (by == null) {
        fields.fault("groupBy[" + i + "]", "must be one of group, tag, monitor");
      } else {
        groupBy.add(by);
      }
    }
    if (!fields.has("groupBy")) {
      groupBy.add(Route.GroupBy.GROUP);
    }
    Duration wait = zeroOr(fields, document, "groupWait", HOUR);
    Duration interval = fields.duration("groupInterval", Duration.ofSeconds(1), HOUR);
    Duration repeat = fields.duration("repeatInterval", MINUTE, MONTH);
    QuietHours quiet = quietHours(fields.object("quietHours"));
    List<Route.Escalation> escalation = escalation(fields, isChannel);
    Boolean goesOn = fields.bool("continue");
    fields.finish();
    if (id == null || name == null) {
      throw new IllegalStateException("a fault was not noted");
    }
    return new Route(
        id,
        name,
        order == null ? 0 : order,
        match,
        channels,
        List.copyOf(groupBy),
        wait,
        interval == null ? Route.INTERVAL : interval,
        repeat == null ? Route.REPEAT : repeat,
        quiet,
        escalation,
        goesOn != null && goesOn);
  }

  private static Route.Match match(@Nullable Fields fields) {
    if (fields == null) {
      return Route.Match.ALL;
    }
    List<String> severities = fields.strings("severity", 10, 20);
    Set<Severity> known = new HashSet<>();
    for (int i = 0; i < severities.size(); i++) {
      Severity severity = word(Severity.values(), severities.get(i));
      if (severity == null) {
        fields.fault("severity[" + i + "]", "must be one of " + words(Severity.values()));
      } else {
        known.add(severity);
      }
    }
    return new Route.Match(
        new HashSet<>(fields.strings("tags", MOST, 100)),
        new HashSet<>(fields.strings("group", MOST, 100)),
        known,
        new HashSet<>(fields.strings("monitor", 1_000, 63)));
  }

  private static List<String> channels(Fields fields, Predicate<String> isChannel) {
    List<String> channels = fields.strings("channels", MOST, 63);
    for (int i = 0; i < channels.size(); i++) {
      if (!isChannel.test(channels.get(i))) {
        fields.fault("channels[" + i + "]", "is no channel");
      }
    }
    return channels.stream().distinct().toList();
  }

  /** A duration that may be none at all, which the spelling of durations has no word for. */
  private static @Nullable Duration zeroOr(
      Fields fields, JsonObject document, String name, Duration max) {
    String text = document.get(name) == null ? "" : document.get(name).toString();
    if (text.matches("\"0(ms|s|m|h|d)?\"|0")) {
      fields.ignore(name);
      return ZERO;
    }
    return fields.duration(name, ZERO, max);
  }

  private static @Nullable QuietHours quietHours(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    ZoneId zone = zone(fields);
    LocalTime from = time(fields, "from");
    LocalTime to = time(fields, "to");
    Set<DayOfWeek> days = new HashSet<>();
    List<String> names = fields.strings("days", 7, 10);
    for (int i = 0; i < names.size(); i++) {
      DayOfWeek day = day(names.get(i));
      if (day == null) {
        fields.fault("days[" + i + "]", "must be a day such as mon");
      } else {
        days.add(day);
      }
    }
    return zone == null || from == null || to == null ? null : new QuietHours(zone, from, to, days);
  }

  private static @Nullable ZoneId zone(Fields fields) {
    String name = fields.string("timezone", 1, 100);
    if (name == null) {
      return fields.has("timezone") ? null : ZoneId.of("UTC");
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return fields.fault("timezone", "must be a time zone such as Europe/Berlin");
    }
  }

  private static @Nullable LocalTime time(Fields fields, String name) {
    String text = fields.required(name, 1, 10);
    if (text == null) {
      return null;
    }
    try {
      return LocalTime.parse(text, DateTimeFormatter.ofPattern("HH:mm"));
    } catch (DateTimeException e) {
      return fields.fault(name, "must be a time of the day such as 22:00");
    }
  }

  private static @Nullable DayOfWeek day(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(d -> d.name().equals(upper) || d.name().substring(0, 3).equals(upper))
        .findFirst()
        .orElse(null);
  }

  private static List<Route.Escalation> escalation(Fields fields, Predicate<String> isChannel) {
    List<Route.Escalation> steps = new ArrayList<>();
    for (Fields step : fields.objects("escalation", 10)) {
      Duration after = step.duration("after", Duration.ofSeconds(1), MONTH);
      if (!step.has("after")) {
        step.fault("after", "is required");
      }
      List<String> channels = channels(step, isChannel);
      if (channels.isEmpty()) {
        step.fault("channels", "is required");
      }
      if (after != null) {
        steps.add(new Route.Escalation(after, channels));
      }
    }
    return steps;
  }

  /** Writes a route. */
  public static JsonObject write(Route route) {
    JsonArrayBuilder escalation = Json.array();
    for (Route.Escalation step : route.escalation()) {
      escalation.add(
          Json.object()
              .add("after", Durations.format(step.after()))
              .add("channels", Json.strings(step.channels())));
    }
    Duration wait = route.groupWait();
    JsonObjectBuilder document =
        Json.object()
            .add("id", route.id())
            .add("name", route.name())
            .add("order", route.order())
            .add("match", match(route.match()))
            .add("channels", Json.strings(route.channels()))
            .add(
                "groupBy", Json.strings(route.groupBy().stream().map(RouteDocument::word).toList()))
            .add("groupWait", wait == null ? JsonValue.NULL : Json.string(Durations.format(wait)))
            .add("groupInterval", Durations.format(route.groupInterval()))
            .add("repeatInterval", Durations.format(route.repeatInterval()))
            .add("quietHours", quiet(route.quietHours()))
            .add("escalation", escalation)
            .add("continue", route.goesOn());
    return document.build();
  }

  private static JsonObjectBuilder match(Route.Match match) {
    return Json.object()
        .add("tags", sorted(match.tags()))
        .add("group", sorted(match.groups()))
        .add("severity", sorted(match.severities().stream().map(Severity::word).toList()))
        .add("monitor", sorted(match.monitors()));
  }

  private static JsonValue sorted(Collection<String> values) {
    return Json.strings(values.stream().sorted().toList());
  }

  private static JsonValue quiet(@Nullable QuietHours quiet) {
    if (quiet == null) {
      return JsonValue.NULL;
    }
    List<String> days = quiet.days().stream().sorted().map(d -> word(d).substring(0, 3)).toList();
    return Json.object()
        .add("timezone", quiet.timezone().getId())
        .add("from", quiet.from().toString())
        .add("to", quiet.to().toString())
        .add("days", Json.strings(days))
        .build();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> @Nullable E word(E[] values, String word) {
    return Arrays.stream(values).filter(v -> word(v).equals(word)).findFirst().orElse(null);
  }

  private static String words(Enum<?>[] values) {
    return String.join(", ", Arrays.stream(values).map(RouteDocument::word).toList());
  }
}
