package io.serversence.document;

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

  public Refused(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public Refused(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
