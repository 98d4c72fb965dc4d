package io.serversence.alert;

import java.time.Duration;
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

  public Delivery {
    message = message.length() <= MOST ? message : message.substring(0, MOST);
  }

  static Delivery failed(String message) {
    return new Delivery(false, null, message, null);
  }
}
