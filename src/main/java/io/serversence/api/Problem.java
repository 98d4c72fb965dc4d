package io.serversence.api;

import io.serversence.document.FieldError;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Errors as RFC 9457 has them. */
final class Problem {
  static final String TYPE = "application/problem+json";

  private Problem() {}

  static Response of(int status, String detail) {
    return of(status, detail, List.of());
  }

  static Response of(Refused refused) {
    Response problem = of(refused.reason().status(), String.valueOf(refused.getMessage()));
    String retryAfter = refused.retryAfter();
    return retryAfter == null
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.RETRY_AFTER, retryAfter).build();
  }

  static Response of(int status, String detail, List<FieldError> errors) {
    return Response.status(status)
        .type(TYPE)
        .entity(document(status, detail, errors).toString().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  static JsonObject document(int status, String detail, List<FieldError> errors) {
    Response.Status known = Response.Status.fromStatusCode(status);
    JsonObjectBuilder problem =
        Json.object()
            .add("type", "about:blank")
            .add("title", known == null ? "Error " + status : known.getReasonPhrase())
            .add("status", status)
            .add("detail", shortened(detail));
    if (!errors.isEmpty()) {
      JsonArrayBuilder array = Json.array();
      for (FieldError error : errors) {
        array.add(
            Json.object()
                .add("field", shortened(error.field()))
                .add("message", shortened(error.message())));
      }
      problem.add("errors", array);
    }
    return problem.build();
  }

  /** Keeps what was sent to us from being sent back at full length. */
  private static String shortened(String text) {
    return text.length() <= 1_000 ? text : text.substring(0, 1_000) + "…";
  }
}
