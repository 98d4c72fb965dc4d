package io.serversence.monitor;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a probe saw, put together by hand. */
record Seen(
    boolean connected,
    @Nullable Integer status,
    Duration responseTime,
    @Nullable String ip,
    String body,
    @Nullable Duration certificateExpiration,
    Map<String, String> headers)
    implements Observation {
  static final Seen NOTHING = new Seen(false, null, Duration.ZERO, null, "", null, Map.of());

  static Seen status(int status) {
    return new Seen(true, status, Duration.ZERO, null, "", null, Map.of());
  }

  static Seen body(String body) {
    return new Seen(true, 200, Duration.ZERO, null, body, null, Map.of());
  }

  static Seen millis(long responseTime) {
    return new Seen(true, 200, Duration.ofMillis(responseTime), null, "", null, Map.of());
  }

  static Seen ip(String ip) {
    return new Seen(true, 200, Duration.ZERO, ip, "", null, Map.of());
  }

  static Seen expiring(Duration in) {
    return new Seen(true, 200, Duration.ZERO, null, "", in, Map.of());
  }

  static Seen header(String name, String value) {
    Map<String, String> headers = Map.of(name.toLowerCase(Locale.ROOT), value);
    return new Seen(true, 200, Duration.ZERO, null, "", null, headers);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
