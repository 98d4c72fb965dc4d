package io.serversence.api;

import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, not read yet: what it is about is looked up first, so that an unknown id
 * is a 404 whatever was sent. Used by one thread, once.
 */
final class Body {
  static final int MOST = 1024 * 1024;
  static final String JSON = "application/json";
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String YAML = "application/yaml"; // RFC 9512

  /** JSON is YAML too, and older names are in use. */
  private static final List<String> YAMLS =
      List.of(YAML, "application/x-yaml", "text/yaml", "text/x-yaml", JSON);

  private final InputStream stream;
  private final HttpServletRequest request;

  Body(InputStream stream, HttpServletRequest request) {
    this.stream = stream;
    this.request = request;
  }

  /**
   * The JSON object that the body is.
   *
   * @throws Refused TOO_LARGE, WRONG_TYPE
   * @throws InvalidDocument if it is no JSON object
   */
  JsonObject json() {
    return parsed(bytes(), List.of(JSON));
  }

  /** The same, for a patch. */
  JsonObject patch() {
    return parsed(bytes(), List.of(MERGE_PATCH, JSON));
  }

  /** The same, where no body at all means an empty object. */
  JsonObject optional() {
    byte[] bytes = bytes();
    return bytes.length == 0 ? JsonObject.EMPTY_JSON_OBJECT : parsed(bytes, List.of(JSON));
  }

  /** The text that the body is, if it is YAML in UTF-8; throws as {@link #json}. */
  String yaml() {
    byte[] bytes = bytes();
    check(YAMLS);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDocument("", "not valid UTF-8");
    }
  }

  private JsonObject parsed(byte[] bytes, List<String> types) {
    check(types);
    return Json.parseObject(bytes);
  }

  private void check(List<String> types) {
    String type = request.getHeader("Content-Type");
    if (types.stream().noneMatch(t -> MediaTypes.is(type, t))
        || encoded(request.getHeader("Content-Encoding"))) {
      throw new Refused(
          Refused.Reason.WRONG_TYPE,
          "the body must be " + String.join(" or ", types) + " in UTF-8");
    }
  }

  private static boolean encoded(@Nullable String coding) {
    return coding != null && !coding.equalsIgnoreCase("identity");
  }

  /** The bytes, at most 1 MiB. */
  byte[] bytes() {
    if (request.getContentLengthLong() > MOST) {
      throw tooLarge();
    }
    try {
      byte[] bytes = stream.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw tooLarge();
      }
      return bytes;
    } catch (IOException e) {
      throw new InvalidDocument("", "the body did not arrive as a whole");
    }
  }

  private static Refused tooLarge() {
    return new Refused(Refused.Reason.TOO_LARGE, "the body must have at most 1 MiB");
  }
}
