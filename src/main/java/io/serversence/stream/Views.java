package io.serversence.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The views in use, one per distinct filter. Safe for use by many threads. */
final class Views {
  /** Further filters get a view of their own that keeps no encoded bytes. */
  private static final int MOST = 256;

  private final EventLog log;
  private final StreamSettings settings;
  private final LongSupplier nanos;
  private final Map<Filter, Shared> shared = new HashMap<>();

  private static final class Shared {
    private final View view;
    private int users;

    private Shared(View view) {
      this.view = view;
    }
  }

  Views(EventLog log, StreamSettings settings, LongSupplier nanos) {
    this.log = log;
    this.settings = settings;
    this.nanos = nanos;
  }

  /** The view of a filter, to be given back by {@link #release}. */
  synchronized View acquire(Filter filter) {
    Shared found = shared.get(filter);
    if (found == null) {
      if (shared.size() >= MOST) {
        return new View(log, filter, settings, nanos, false);
      }
      found = new Shared(new View(log, filter, settings, nanos, true));
      shared.put(filter, found);
    }
    found.users++;
    return found.view;
  }

  synchronized void release(View view) {
    Shared found = shared.get(view.filter());
    if (found != null && found.view == view && --found.users == 0) {
      shared.remove(view.filter());
    }
  }

  synchronized int size() {
    return shared.size();
  }
}
