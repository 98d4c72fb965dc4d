package io.serversence.document;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An operation that cannot be done as asked, with the reason; no fault of the program's. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why; each is one HTTP status (API.md, General). */
  public enum Reason {
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    STALE(412),
    TOO_LARGE(413),
    WRONG_TYPE(415),
    TOO_MANY(429),
    UNAVAILABLE(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The HTTP status that says the same. */
    public int status() {
      return status;
    }
  }

  private final Reason reason;
  private final @Nullable Duration retryAfter;

  public Refused(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
    this.retryAfter = null;
  }

  /**
   * The same, and when it may be worth another try.
   *
   * @param retryAfter from now on
   */
  public Refused(Reason reason, String detail, Duration retryAfter) {
    super(detail);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public Refused(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.retryAfter = null;
  }

  public Reason reason() {
    return reason;
  }

  /** The value of a Retry-After header, whole seconds rounded up, or null where there is none. */
  public @Nullable String retryAfter() {
    return retryAfter == null ? null : Long.toString(retryAfter.plusNanos(999_999_999).toSeconds());
  }
}
