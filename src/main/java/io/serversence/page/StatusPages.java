package io.serversence.page;

import io.serversence.database.KeptStore;
import io.serversence.monitor.Monitor;

/** The status pages there are. Safe for use by many threads. */
public interface StatusPages {
  KeptStore<StatusPage> pages();

  /** Whether anyone may see a monitor, because it is on a published page. */
  default boolean published(Monitor monitor) {
    return pages().all().stream()
        .anyMatch(kept -> kept.value().published() && kept.value().shows(monitor));
  }
}
