package io.serversence.access;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.incident.Ids;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * That somebody did something, or tried to. What it was done with is not told, so that no secret
 * can be in it.
 *
 * @param id UUIDv7
 * @param at to the millisecond, as the id has it
 * @param actor the user, {@code token:} and the name of a bearer token, or null if nobody known
 * @param address where the actor was
 * @param operation as the OpenAPI document names it, such as {@code monitors.pause}, whether it
 *     came over REST or WebSocket; or {@code login}
 * @param target the id of what it was done to; for a login the way: {@code session}, {@code basic},
 *     {@code bearer} or {@code oidc}
 * @param status the answer's, as HTTP has them
 */
public record AuditEntry(
    String id,
    Instant at,
    @Nullable String actor,
    String address,
    String operation,
    @Nullable String target,
    int status) {
  public static final String LOGIN = "login";
  static final int LONGEST_TARGET = 200;
  private static final int LONGEST_LOGGED = 500;

  public static AuditEntry of(
      Instant now,
      @Nullable String actor,
      String address,
      String operation,
      @Nullable String target,
      int status) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return new AuditEntry(
        Ids.at(at).toString(),
        at,
        plain(actor, 100),
        String.valueOf(plain(address, 45)),
        operation,
        plain(target, LONGEST_TARGET),
        status);
  }

  /** What others have answered, fit for a line of the log. */
  static String logged(@Nullable String text) {
    return String.valueOf(plain(text, LONGEST_LOGGED));
  }

  /** What others have sent, fit for a column and a terminal. */
  private static @Nullable String plain(@Nullable String text, int most) {
    if (text == null) {
      return null;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(most)
        .filter(c -> !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
        .forEach(plain::appendCodePoint);
    int end = Math.min(plain.length(), most);
    if (end > 0 && Character.isHighSurrogate(plain.charAt(end - 1))) {
      end--;
    }
    return plain.substring(0, end);
  }

  private String outcome() {
    return status < 400 ? "done" : status < 500 ? "refused" : "failed";
  }

  public JsonObject write() {
    return Json.object()
        .add("id", id)
        .add("at", Times.format(at))
        .add("actor", Json.string(actor))
        .add("address", address)
        .add("operation", operation)
        .add("target", Json.string(target))
        .add("outcome", outcome())
        .add("status", status)
        .build();
  }
}
