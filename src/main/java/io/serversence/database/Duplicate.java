package io.serversence.database;

/** A unique key is taken. */
public final class Duplicate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Duplicate(Throwable cause) {
    super("a unique key is taken", cause);
  }
}
