package io.serversence.alert;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.probe.Reply;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what receivers answer. Pure. */
final class Answers {
  private static final int EXCERPT = 200;
  private static final Duration LONGEST = Duration.ofDays(1);

  private Answers() {}

  /**
   * Judges an answer: 2xx is a success.
   *
   * @param secrets what must not be shown, should the receiver repeat it
   */
  static Delivery read(Reply reply, List<String> secrets, Instant now) {
    String text = Wording.cut(Wording.oneLine(masked(reply.text(), secrets)), EXCERPT);
    Integer status = reply.status();
    if (status == null) {
      return Delivery.failed(text);
    }
    // Teams' connectors answer 200 with this for a message that they could not deliver.
    boolean ok = status / 100 == 2 && !text.contains("message delivery failed with error");
    String words = "HTTP " + status + (ok || text.isEmpty() ? "" : ": " + text);
    return new Delivery(ok, status, words, ok ? null : retryAfter(reply, now));
  }

  static String masked(String text, List<String> secrets) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }

  /** The header (RFC 9110, section 10.2.3), or where Telegram and Discord have it in the body. */
  private static @Nullable Duration retryAfter(Reply reply, Instant now) {
    String header = reply.retryAfter();
    if (header != null) {
      String value = header.strip();
      if (value.matches("[0-9]{1,9}")) {
        return bounded(Duration.ofSeconds(Long.parseLong(value)));
      }
      try {
        Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return bounded(Duration.between(now, at));
      } catch (DateTimeException e) {
        return null;
      }
    }
    if (Integer.valueOf(429).equals(reply.status())) {
      return inBody(reply.text());
    }
    return null;
  }

  private static @Nullable Duration inBody(String text) {
    try {
      if (Json.parse(text) instanceof JsonObject object) {
        JsonObject at = object.get("parameters") instanceof JsonObject inner ? inner : object;
        if (at.get("retry_after") instanceof JsonNumber seconds) {
          return bounded(Duration.ofMillis((long) (seconds.doubleValue() * 1_000)));
        }
      }
    } catch (InvalidDocument e) {
      // it says nothing, then
    }
    return null;
  }

  private static Duration bounded(Duration asked) {
    return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
