package io.serversence.alert;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one try to send a message.
 *
 * @param ok whether the receiver took it
 * @param status the receiver's HTTP status or SMTP reply code, or null where none came
 * @param message in words for people, without secrets, at most 500 characters
 * @param retryAfter how long the receiver wants to be left alone, or null if it does not say
 */
public record Delivery(
    boolean ok, @Nullable Integer status, String message, @Nullable Duration retryAfter) {
  private static final int MOST = 500;
  private static final Duration FAULT = Duration.ofSeconds(10);

  public Delivery {
    message = message.length() <= MOST ? message : message.substring(0, MOST);
  }

  /** Whether the channel answered, and what it does not like is this message. */
  boolean refusesMessage() {
    return status != null
        && status >= 400
        && status < 500
        && status != 401
        && status != 403
        && status != 404
        && status != 408
        && status != 429;
  }

  /**
   * When the channel may be tried again after a failure: one that answers may take another message
   * sooner than this one, unless it says when to come again.
   *
   * @param next when this message is tried again
   */
  Instant leftAloneUntil(Instant next, Instant now) {
    Instant soon = now.plus(FAULT);
    return status == null || retryAfter != null || next.isBefore(soon) ? next : soon;
  }

  static Delivery failed(String message) {
    return new Delivery(false, null, message, null);
  }
}
