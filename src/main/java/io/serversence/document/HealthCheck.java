package io.serversence.document;

/**
 * Tells whether one part of ServerSence does its work; every bean of this type is asked at {@code
 * /health/ready}. Safe for use by many threads; must answer at once, from memory.
 */
public interface HealthCheck {
  /** Such as {@code database}. */
  String name();

  Health check();

  /** True if a restart would help where it is down, so that it counts for liveness too. */
  default boolean vital() {
    return false;
  }

  /**
   * The finding.
   *
   * @param detail in words, without secrets; empty where there is nothing to say
   */
  record Health(boolean up, String detail) {}
}
