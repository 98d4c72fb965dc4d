package io.serversence.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message says of a monitor. */
public record AlertedMonitor(String id, String name, @Nullable String group, List<String> tags) {
  public AlertedMonitor {
    tags = List.copyOf(tags);
  }
}
