package io.serversence.database;

import jakarta.persistence.EntityManager;

/** Keeps a node that is no longer the active one from writing. */
public interface Fence {
  /** Lets everyone pass. */
  Fence NONE = em -> {};

  /**
   * Checks, within the transaction that is to write.
   *
   * @throws LeaseLost if another node is the active one
   */
  void check(EntityManager em);
}
