package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request with something wrong in it, and what may be answered.
 *
 * @param name says what is wrong
 * @param bytes of the whole request
 * @param must what the answer must be
 * @param field the field or parameter at fault, or empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are written and never compared
record BadRequest(String name, byte[] bytes, Must must, String field) {
  private static final Set<Integer> ALLOWED =
      Set.of(400, 401, 403, 404, 405, 406, 409, 412, 413, 415);

  /**
   * What the server itself may answer to what is hardly HTTP: URI or headers too long, upgrades,
   * methods (501) and versions (505) that it does not know.
   */
  private static final Set<Integer> OF_CONTAINER = Set.of(411, 414, 416, 417, 426, 431, 501, 505);

  /** What the answer must be. */
  enum Must {
    /** 400, which names the field. */
    NAME_THE_FIELD,
    /** 400, for the whole cannot be read. */
    REFUSE,
    /** Anything but a failure of ours: the value may happen to be allowed. */
    NOT_FAIL,
    /** The same, or an answer of the server's own, or none at all, for it is hardly HTTP. */
    BE_ANSWERED_BY_ANYONE
  }

  /** What is wrong with the answer, if anything is. */
  Optional<String> fault(Answer answer) {
    int status = answer.status();
    boolean good = status >= 200 && status < 300;
    boolean bare = bytes.length > 5 && new String(bytes, 0, 5, UTF_8).equals("HEAD ");
    if (Problems.tellsInsides(answer.body()) && status >= 400) {
      return fault(answer, "tells of our insides");
    }
    if (must == Must.BE_ANSWERED_BY_ANYONE) {
      return status < 500 || OF_CONTAINER.contains(status)
          ? Optional.empty()
          : fault(answer, "failed");
    }
    boolean tooMany = status == 429 && name.contains(" /api/session"); // so many wrong passwords
    if (!good && !tooMany && !ALLOWED.contains(status)) {
      return fault(answer, "has no status that is allowed");
    }
    if (!good && !bare && !answer.header("Content-Type").startsWith("application/problem+json")) {
      return fault(answer, "is no problem document");
    }
    if (must == Must.NOT_FAIL || tooMany) {
      return Optional.empty();
    }
    if (status != 400) {
      return fault(answer, "is no refusal");
    }
    return must == Must.REFUSE || names(Problems.fields(answer.json()))
        ? Optional.empty()
        : fault(answer, "does not name " + field);
  }

  /** True if it is one of them, or a part of one, or has one as a part. */
  private boolean names(List<String> fields) {
    return fields.stream().anyMatch(f -> within(f, field) || within(field, f));
  }

  private static boolean within(String inner, String outer) {
    return !outer.isEmpty()
        && inner.startsWith(outer)
        && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
  }

  private Optional<String> fault(Answer answer, String what) {
    String body = answer.body();
    return Optional.of(
        name
            + ": the answer "
            + what
            + ": "
            + answer.status()
            + " "
            + body.substring(0, Math.min(300, body.length())));
  }

  /** True if the server has answered in the application's place. */
  static boolean byContainer(Answer answer) {
    return answer.status() == RawConnection.CLOSED
        || OF_CONTAINER.contains(answer.status())
        || (answer.status() >= 400
            && !answer.header("Content-Type").startsWith("application/problem+json"));
  }

  /** The bytes of a request with a length. */
  static byte[] request(String head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 500);
    out.writeBytes(head.getBytes(UTF_8));
    out.writeBytes(("Content-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
