package io.serversence.api;

import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorState;
import io.serversence.stream.EventStream;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which monitors a list shows: fields narrow, values within one widen. */
record MonitorFilter(
    @Nullable String text,
    Set<String> tags,
    Set<String> groups,
    Set<MonitorState> states,
    Set<String> types) {
  private static final String[] TYPES = {"http", "tcp", "tls", "sse", "heartbeat"};

  static MonitorFilter read(Query query) {
    String text = query.text("q", 200);
    return new MonitorFilter(
        text == null ? null : text.toLowerCase(Locale.ROOT),
        query.texts("tag", 100),
        query.texts("group", 100),
        query.words("state", MonitorState.values(), MonitorState::name),
        query.words("type", TYPES, Function.identity()));
  }

  boolean accepts(ConfiguredMonitor configured, EventStream stream) {
    Monitor monitor = configured.monitor();
    return (tags.isEmpty() || monitor.tags().stream().anyMatch(tags::contains))
        && (groups.isEmpty() || (monitor.group() != null && groups.contains(monitor.group())))
        && (types.isEmpty() || types.contains(monitor.target().type()))
        && (text == null || mentions(monitor, text))
        && (states.isEmpty() || states.contains(MonitorView.entry(configured, stream).state()));
  }

  private static boolean mentions(Monitor monitor, String text) {
    return monitor.id().contains(text)
        || monitor.name().toLowerCase(Locale.ROOT).contains(text)
        || monitor.description().toLowerCase(Locale.ROOT).contains(text);
  }
}
