package io.serversence.monitor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder, or a function of one. Immutable.
 *
 * @param path where to look in the body, or null for all of it
 * @param header the name of the header; empty for other placeholders
 */
record Reading(
    String text, Function function, Placeholder placeholder, @Nullable JsonPath path, String header)
    implements Operand {

  /** What is asked of the placeholder. */
  enum Function {
    /** What it stands for. */
    ITSELF,
    /** {@code len()}: items of a list, else bytes of the text in UTF-8. */
    LENGTH,
    /** {@code has()}: whether it is there and, unless it is a member or a header, not empty. */
    PRESENCE
  }

  @Override
  public Value value(Observation seen) {
    return switch (placeholder) {
      case STATUS -> {
        Integer status = seen.status();
        yield apply(status == null ? null : Value.of(status));
      }
      case RESPONSE_TIME -> apply(Value.of(millis(seen.responseTime())));
      case IP -> {
        String ip = seen.ip();
        yield apply(ip == null ? null : Value.of(ip));
      }
      case CONNECTED -> apply(Value.of(seen.connected()));
      case CERTIFICATE_EXPIRATION -> {
        Duration left = seen.certificateExpiration();
        yield apply(Value.of(left == null ? 0 : millis(left))); // 0 without TLS, says Gatus
      }
      case HEADER -> {
        String value = seen.header(header);
        yield function == Function.PRESENCE
            ? Value.of(value != null)
            : apply(value == null ? null : Value.of(value));
      }
      case BODY -> path == null ? whole(seen.body()) : within(path, seen.body());
    };
  }

  private Value apply(@Nullable Value value) {
    return switch (function) {
      case ITSELF -> value == null ? Value.unseen(text) : value;
      case LENGTH ->
          value == null ? Value.unseen(text) : Value.of((long) GoText.bytes(value.text()));
      case PRESENCE -> Value.of(value != null && !value.text().isEmpty());
    };
  }

  private Value whole(String body) {
    String trimmed = GoText.trim(body);
    return switch (function) {
      case ITSELF -> Value.of(trimmed);
      case PRESENCE -> Value.of(!trimmed.isEmpty());
      case LENGTH -> {
        JsonPath.Found list =
            trimmed.startsWith("[") ? JsonPath.WHOLE.find(trimmed, function) : null;
        yield Value.of(list == null ? (long) GoText.bytes(body) : list.length());
      }
    };
  }

  private Value within(JsonPath path, String body) {
    JsonPath.Found found = path.find(body, function);
    return switch (function) {
      case ITSELF -> found == null ? Value.unseen(text) : found.value();
      case PRESENCE -> Value.of(found != null);
      case LENGTH -> found == null ? Value.unseen(text) : Value.of((long) found.length());
    };
  }

  private static long millis(Duration duration) {
    try {
      return duration.toMillis();
    } catch (ArithmeticException e) { // longer than 292 million years
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
