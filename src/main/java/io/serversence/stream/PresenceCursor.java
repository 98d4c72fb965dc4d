package io.serversence.stream;

import org.jspecify.annotations.Nullable;

/** How far a client has been told who looks at what. Moved by its writer's thread alone. */
final class PresenceCursor {
  private final Presence presence;
  private volatile long told;
  private long begun;

  PresenceCursor(Presence presence) {
    this.presence = presence;
  }

  /** The client knows of nobody, and is to be told of all. */
  void begin() {
    begun = presence.version();
    told = 0;
  }

  /** True if there may be something to tell. */
  boolean waits() {
    return told < presence.version();
  }

  /** The next that a client with this filter is to be told, or null. */
  @Nullable Frame next(Filter filter, Wire wire) {
    long latest = presence.version(); // before the looks, which then have all up to it
    if (told >= latest) {
      return null;
    }
    if (filter.matches(EventKind.PRESENCE)) {
      for (Look look : presence.looks()) {
        // that nobody looks any more is no news to who never heard that somebody did
        boolean news = look.version() > told && (!look.empty() || look.version() > begun);
        if (news && look.matches(filter)) {
          told = look.version();
          return look.frame(wire);
        }
      }
    }
    told = latest;
    return null;
  }
}
