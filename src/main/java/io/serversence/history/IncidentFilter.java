package io.serversence.history;

import io.serversence.incident.IncidentState;
import io.serversence.monitor.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents. What was true of the monitor when it failed counts, so that the incidents of
 * monitors that are gone or have moved are found too. An empty set or a null narrows nothing; of
 * the values in a set any will do.
 *
 * @param monitors keys
 * @param from incidents that ended after it, or have not ended
 * @param to incidents that started before it
 * @param acknowledgedBy names of those who acknowledged it
 * @param text occurs in the cause or the monitor's key, in any case
 */
public record IncidentFilter(
    Set<String> monitors,
    Set<String> groups,
    Set<String> tags,
    Set<IncidentState> states,
    Set<Severity> severities,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String text,
    Set<String> acknowledgedBy) {

  /** All incidents. */
  public static final IncidentFilter ANY =
      new IncidentFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null);

  /** A filter by whatever but who acknowledged. */
  public IncidentFilter(
      Set<String> monitors,
      Set<String> groups,
      Set<String> tags,
      Set<IncidentState> states,
      Set<Severity> severities,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String text) {
    this(monitors, groups, tags, states, severities, from, to, text, Set.of());
  }

  /**
   * The conditions on a row {@code i}, which may be none.
   *
   * @param values takes the values of their parameters
   */
  List<String> conditions(Map<String, Object> values) {
    List<String> all = new ArrayList<>();
    in(all, values, "monitor", monitors);
    in(all, values, "groupName", groups);
    in(all, values, "state", states);
    in(all, values, "severity", severities);
    in(all, values, "acknowledgedBy", acknowledgedBy);
    List<String> anyTag = new ArrayList<>();
    for (String tag : tags) {
      String name = "tag" + anyTag.size();
      anyTag.add("locate(:" + name + ", i.tags) > 0");
      values.put(name, IncidentRow.tag(tag));
    }
    if (!anyTag.isEmpty()) {
      all.add("(" + String.join(" or ", anyTag) + ")");
    }
    if (from != null) {
      all.add("(i.endedAt is null or i.endedAt > :from)");
      values.put("from", from);
    }
    if (to != null) {
      all.add("i.startedAt < :to");
      values.put("to", to);
    }
    if (text != null) {
      all.add("locate(:text, i.searched) > 0");
      values.put("text", IncidentRow.searched(text));
    }
    return all;
  }

  private static void in(
      List<String> all, Map<String, Object> values, String field, Collection<?> wanted) {
    if (wanted.size() == 1) {
      all.add("i." + field + " = :" + field); // what an index serves in the order of ids
      values.put(field, wanted.iterator().next());
    } else if (!wanted.isEmpty()) {
      all.add("i." + field + " in :" + field);
      values.put(field, wanted);
    }
  }
}
