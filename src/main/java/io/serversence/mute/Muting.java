package io.serversence.mute;

import io.serversence.database.KeptStore;

/** The silences and maintenance windows there are. Safe for use by many threads. */
public interface Muting {
  KeptStore<Silence> silences();

  KeptStore<Window> windows();
}
