package io.serversence.database;

/** The database cannot be reached; what was asked may work later. */
public final class DatabaseAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseAway(String message, Throwable cause) {
    super(message, cause);
  }

  public DatabaseAway(String message) {
    super(message);
  }
}
