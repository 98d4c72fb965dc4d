package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Asks a server over HTTP, as one user or as nobody. */
final class Api {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final Server server;
  private final @Nullable String authorization;

  Api(Server server, @Nullable String user, @Nullable String password) {
    this.server = server;
    this.authorization =
        user == null
            ? null
            : "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** The Authorization header that it sends, or null. */
  @Nullable String authorization() {
    return authorization;
  }

  Answer get(String path) {
    return send(request(path).build());
  }

  Answer post(String path, JsonObject body) {
    return send("POST", path, body);
  }

  Answer send(String method, String path, JsonObject body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** Sends a text with a content type as it is; further headers in turn with their values. */
  Answer send(String method, String path, String type, String text, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(text, UTF_8));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  /** Sends no body; headers in turn with their values. */
  Answer bare(String method, String path, String... headers) {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  Answer patch(String path, JsonObject patch) {
    return send("PATCH", path, "application/merge-patch+json", patch.toString());
  }

  Answer delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** A request to a path, to be completed by the caller. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(server.at(path)).timeout(PATIENCE);
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    return builder;
  }

  Answer send(HttpRequest request) {
    try {
      return Answer.of(CLIENT.send(request, BodyHandlers.ofString(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The answer's status and headers only, or its whole body where it is no 200; never waits. */
  Answer begin(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    HttpRequest asked = headers.length == 0 ? request.build() : request.headers(headers).build();
    try {
      HttpResponse<InputStream> response = CLIENT.send(asked, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String text = response.statusCode() == 200 ? "" : new String(body.readAllBytes(), UTF_8);
        return new Answer(response.statusCode(), response.headers(), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(asked.method() + " " + asked.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** True if a path can be had now, with the status 200. */
  boolean answers(String path) {
    try {
      return get(path).status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
