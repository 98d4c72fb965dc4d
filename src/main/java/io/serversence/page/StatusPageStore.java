package io.serversence.page;

import io.serversence.database.Database;
import io.serversence.database.KeptStore;

/** Keeps the status pages. Safe for use by many threads; throws as {@link Database} does. */
public final class StatusPageStore implements StatusPages {
  /** How many there may be. */
  public static final int MOST = 1_000;

  private final KeptStore<StatusPage> pages;

  /** Knows of none until {@link #load}. */
  public StatusPageStore(Database database) {
    pages =
        new KeptStore<>(
            database,
            "status page",
            MOST,
            StatusPage::id,
            StatusPageDocument::write,
            document -> StatusPageDocument.read(document, null, key -> true));
  }

  /** Reads all into memory. */
  public void load() {
    pages.load();
  }

  @Override
  public KeptStore<StatusPage> pages() {
    return pages;
  }
}
