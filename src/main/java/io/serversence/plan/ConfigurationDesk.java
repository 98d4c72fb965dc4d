package io.serversence.plan;

import jakarta.json.JsonObject;

/** Everything configured, to be read and changed as a whole. Safe for use by many threads. */
public interface ConfigurationDesk {
  /** All that is configured, by section, with secrets as {@code ***}. */
  JsonObject written();

  /**
   * Makes everything in the sections of a declaration as it says: what is missing is created, what
   * differs is changed, and what is not declared is removed, but for what the configuration file
   * manages. Kinds without a section stay as they are.
   *
   * @param dryRun whether the plan is made only
   * @return what was or would be changed
   * @throws io.serversence.document.InvalidDocument with every fault; nothing was changed
   * @throws io.serversence.document.Refused CONFLICT if it cannot be; UNAVAILABLE. A change that
   *     fails on its way leaves those before it done, and can be asked for again
   */
  Plan apply(Declaration declaration, boolean dryRun);
}
