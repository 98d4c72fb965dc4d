package io.serversence.database;

/** Another node is the active one; nothing was written. */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseLost() {
    super("another node has the lease");
  }
}
