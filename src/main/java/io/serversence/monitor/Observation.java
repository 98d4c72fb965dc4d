package io.serversence.monitor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw, as conditions ask for it. A null says that the probe could not see it.
 *
 * @see Condition
 */
public interface Observation {
  boolean connected();

  /** The HTTP status, or null where there is none. */
  @Nullable Integer status();

  Duration responseTime();

  /** The connected address, as text. */
  @Nullable String ip();

  /** The decoded body; empty where the answer had none. */
  String body();

  /** The time until the certificate expires, negative once it has; null without TLS. */
  @Nullable Duration certificateExpiration();

  /** A header of the answer by its name in any case; several are joined by comma. */
  @Nullable String header(String name);
}
