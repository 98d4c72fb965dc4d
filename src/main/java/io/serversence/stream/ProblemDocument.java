package io.serversence.stream;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** RFC 9457 problems, for where no REST answer can carry them. */
final class ProblemDocument {
  private ProblemDocument() {}

  static JsonObject of(int status, String detail) {
    return of(status, detail, List.of());
  }

  /** The problem that a fault amounts to, or null if it is a fault of ours. */
  static @Nullable JsonObject of(Throwable fault) {
    Throwable cause = fault;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof InvalidDocument invalid) {
      return of(invalid);
    }
    return cause instanceof Refused refused ? of(refused) : null;
  }

  static JsonObject of(InvalidDocument invalid) {
    return of(400, String.valueOf(invalid.getMessage()), invalid.errors());
  }

  static JsonObject of(Refused refused) {
    return of(refused.reason().status(), String.valueOf(refused.getMessage()), List.of());
  }

  private static JsonObject of(int status, String detail, List<FieldError> errors) {
    var document =
        Json.object()
            .add("type", "about:blank")
            .add("title", title(status))
            .add("status", status)
            .add("detail", detail.length() > 2_000 ? detail.substring(0, 2_000) : detail);
    if (!errors.isEmpty()) {
      JsonArrayBuilder list = Json.array();
      errors.forEach(
          e -> list.add(Json.object().add("field", e.field()).add("message", e.message())));
      document.add("errors", list);
    }
    return document.build();
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
