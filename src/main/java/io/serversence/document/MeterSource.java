package io.serversence.document;

/**
 * Something with figures of its own to show at {@code /metrics}; every bean of this type is asked.
 * Safe for use by many threads; must not block.
 */
public interface MeterSource {
  void write(MeterWriter writer);
}
