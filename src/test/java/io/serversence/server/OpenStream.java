package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stream that is held open until the server ends it, over either transport. */
final class OpenStream {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final CompletableFuture<String> all;

  private OpenStream(CompletableFuture<String> all) {
    this.all = all;
  }

  /** Opens {@code /api/events}; the request has the credentials. */
  static OpenStream events(HttpRequest request) {
    try {
      var response = CLIENT.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError("the stream answers " + response.statusCode());
      }
      InputStream body = response.body();
      int first = body.read();
      CompletableFuture<String> all = new CompletableFuture<>();
      Thread thread = new Thread(() -> all.complete((char) first + rest(body)), "open-stream");
      thread.setDaemon(true);
      thread.start();
      return new OpenStream(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String rest(InputStream body) {
    try (body) {
      return new String(body.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "broken: " + e;
    }
  }

  /** A WebSocket, and what it has said. */
  static final class Socket {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> all = new CompletableFuture<>();
    private final WebSocket socket;

    Socket(Server server, String authorization) {
      this(server, Map.of("Authorization", authorization));
    }

    Socket(Server server, Map<String, String> headers) {
      String address = server.at("/api/ws").toString().replaceFirst("^http", "ws");
      WebSocket.Builder builder = CLIENT.newWebSocketBuilder().subprotocols("serversence.v1");
      headers.forEach(builder::header);
      socket = builder.buildAsync(java.net.URI.create(address), new Ear()).join();
    }

    Socket say(String message) {
      socket.sendText(message, true).join();
      return this;
    }

    String heard() {
      synchronized (text) {
        return text.toString();
      }
    }

    void abort() {
      socket.abort();
    }

    OpenStream stream() {
      return new OpenStream(all);
    }

    private final class Ear implements WebSocket.Listener {
      @Override
      public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        synchronized (text) {
          text.append(data);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
      }

      @Override
      public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        all.complete(heard() + " closed " + code);
        return CompletableFuture.completedStage(null);
      }

      @Override
      public void onError(WebSocket from, Throwable fault) {
        all.complete(heard() + " broken: " + fault);
      }
    }
  }

  /** Everything it said, once the server has ended it. */
  String ended(Duration patience) {
    try {
      return all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it was not ended within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  boolean isOpen() {
    return !all.isDone();
  }
}
