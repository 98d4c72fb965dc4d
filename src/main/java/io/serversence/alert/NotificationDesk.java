package io.serversence.alert;

import io.serversence.history.Notification;
import java.util.UUID;

/** What people do about notifications. Safe for use by many threads. */
public interface NotificationDesk {
  /**
   * Has a message sent again, word for word under its key, as if it had not been tried yet.
   *
   * @throws io.serversence.document.Refused NOT_FOUND; CONFLICT if it was not claimed yet;
   *     UNAVAILABLE
   */
  Notification resend(UUID id);
}
