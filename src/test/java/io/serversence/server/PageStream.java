package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the stream of a status page, every byte of it, until it ends or is closed. */
final class PageStream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final InputStream body;
  private final StringBuilder text = new StringBuilder(); // guarded by itself
  private volatile boolean ended;

  /** Opens a path; headers in turn with their values. */
  PageStream(Api api, String path, String... headers) {
    HttpRequest.Builder request = api.request(path);
    try {
      var response =
          CLIENT.send(
              headers.length == 0 ? request.build() : request.headers(headers).build(),
              BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError("the stream answers " + response.statusCode());
      }
      body = response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    Thread thread = new Thread(this::read, "page-stream");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        append(line);
      }
    } catch (IOException e) {
      append("broken: " + e);
    }
    ended = true;
  }

  private void append(String line) {
    synchronized (text) {
      text.append(line).append('\n');
    }
  }

  /** All that it has said. */
  String text() {
    synchronized (text) {
      return text.toString();
    }
  }

  /** Waits until all that it has said is as wanted. */
  String await(String what, Predicate<String> wanted) {
    return Await.value(what, PATIENCE, () -> Optional.of(text()).filter(wanted));
  }

  /** Waits until the server has ended it, and returns all that it has said. */
  String ended() {
    Await.until("the stream ends", PATIENCE, () -> ended);
    return text();
  }

  /** The data of all events of a name so far. */
  List<JsonObject> events(String name) {
    List<JsonObject> all = new ArrayList<>();
    for (String block : text().split("\n\n", -1)) {
      int data = block.indexOf("data: ");
      if (block.contains("event: " + name + "\n") && data >= 0) {
        all.add(StreamEvent.parse(block.substring(data + 6)));
      }
    }
    return all;
  }

  /** The id of the last event that has one. */
  String lastId() {
    String all = text();
    int from = all.lastIndexOf("id: ") + 4;
    return all.substring(from, all.indexOf('\n', from));
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
