package io.serversence.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One screen: reads the event stream over SSE on a thread of its own until it is closed. */
final class EventReader implements AutoCloseable {
  /** An event as it arrived; {@code nanos} is the time of its arrival. */
  record Event(String name, String data, long nanos) {
    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(data))) {
        return reader.readObject();
      }
    }
  }

  private final Stream<String> lines;
  private final Thread thread;
  private final CountDownLatch greeted = new CountDownLatch(1);

  EventReader(Server server, String query, Consumer<Event> told) {
    HttpRequest request = server.admin().request("/api/events" + query).build();
    try {
      HttpResponse<Stream<String>> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        throw new AssertionError("the stream answers " + response.statusCode());
      }
      lines = response.body();
    } catch (IOException e) {
      throw new AssertionError("the stream cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    thread = new Thread(() -> read(told), "event-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(Consumer<Event> told) {
    String[] name = {""};
    try {
      lines.forEach(
          line -> {
            if (line.startsWith("event: ")) {
              name[0] = line.substring(7);
            } else if (line.startsWith("data: ")) {
              told.accept(new Event(name[0], line.substring(6), System.nanoTime()));
              greeted.countDown();
            }
          });
    } catch (RuntimeException e) {
      greeted.countDown(); // the stream was closed, here or there
    }
  }

  /** Waits for the first event. */
  EventReader greeted() {
    try {
      if (!greeted.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("no event came");
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
