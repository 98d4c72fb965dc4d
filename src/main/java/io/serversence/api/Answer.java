package io.serversence.api;

import io.serversence.document.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers in JSON, as bytes: what a server would make of a JSON value by its own differs by server.
 */
final class Answer {
  static final String TYPE = "application/json";
  private static final long LONGEST_WAIT_SECONDS = 90;

  private Answer() {}

  static Response.ResponseBuilder json(int status, JsonValue value) {
    return Response.status(status)
        .type(TYPE)
        .entity(value.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Response json(JsonValue value) {
    return json(200, value).build();
  }

  /** An answer with a tag of its content; 304 to who has the same already. */
  static Response conditional(JsonValue value, Asked asked) {
    byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
    // Weak, because the bytes differ when they are compressed.
    String tag = "W/\"" + UUID.nameUUIDFromBytes(bytes) + "\"";
    String known = asked.header(HttpHeaders.IF_NONE_MATCH);
    boolean same = known != null && (known.strip().equals("*") || known.contains(tag.substring(2)));
    return (same ? Response.notModified() : Response.ok(bytes, TYPE))
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  /** A page of a list. */
  static Response page(List<? extends JsonValue> items, @Nullable String next) {
    JsonArrayBuilder array = Json.array();
    items.forEach(array::add);
    JsonObjectBuilder page = Json.object().add("items", array).add("next", Json.string(next));
    return json(page.build());
  }

  /**
   * Answers once the stage is done.
   *
   * @param writer writes the answer, so that the thread that ends the stage need not
   */
  static void whenDone(
      CompletionStage<? extends JsonValue> stage, AsyncResponse response, Executor writer) {
    response.setTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    response.setTimeoutHandler(late -> late.resume(Problem.of(503, "no answer in time")));
    var unused =
        stage.whenCompleteAsync(
            (value, failure) -> {
              if (failure != null) {
                response.resume(cause(failure));
              } else {
                response.resume(json(value));
              }
            },
            writer);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
