package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** The event stream over HTTP/2, which both servers offer with TLS. */
class Http2IT {
  private static final int STREAMS = 20;

  /** More than WildFly has threads for requests. */
  private static final int UNFINISHED = 60;

  @Test
  void one_connection_carries_twenty_streams() throws GeneralSecurityException {
    try (Server server = ServerPlan.named("http2").prepared()) {
      int port = server.listenSecurely();
      server.start();
      PlayedMonitor monitor = PlayedMonitor.create(server, "multiplexed");
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_2)
              .sslContext(trustingAnyone())
              .build();
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "https://localhost:"
                          + port
                          + server.kind().contextPath()
                          + "/api/events?snapshot=false&events=state"))
              .header("Authorization", server.admin().authorization())
              .build();
      AtomicInteger told = new AtomicInteger();
      List<CompletableFuture<HttpResponse<Stream<String>>>> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        streams.add(client.sendAsync(request, BodyHandlers.ofLines()));
        streams.get(0).join(); // who comes before there is a connection would open another
      }
      for (CompletableFuture<HttpResponse<Stream<String>>> stream : streams) {
        HttpResponse<Stream<String>> answer = stream.join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        Thread reader =
            new Thread(
                () -> {
                  try (Stream<String> lines = answer.body()) {
                    if (lines.anyMatch("event: state"::equals)) {
                      told.incrementAndGet();
                    }
                  }
                });
        reader.setDaemon(true);
        reader.start();
      }
      assertThat(Connections.to(port)).isEqualTo(1);

      monitor.fail();

      Await.until("all streams tell", StreamClient.PATIENCE, () -> told.get() == STREAMS);
      assertThat(Connections.to(port)).isEqualTo(1);
      unfinishedBodiesHoldNoThread(server, client, request.uri().resolve("session"));
    }
  }

  private static void unfinishedBodiesHoldNoThread(Server server, HttpClient client, URI address) {
    String late = "serversence_request_bodies_refused_total{reason=\"late\"}";
    for (int i = 0; i < UNFINISHED; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .method(
                  i % 2 == 0 ? "POST" : "DELETE",
                  HttpRequest.BodyPublishers.fromPublisher(Http2IT::sendOneByte))
              .build();
      CompletableFuture<HttpResponse<Void>> unused =
          client.sendAsync(request, BodyHandlers.discarding());
    }
    Await.until(
        "they are given up",
        StreamClient.PATIENCE,
        () -> Metrics.of(server, late) >= UNFINISHED - UnfinishedBodiesIT.WAITING);
    assertThat(server.admin().get("/api/monitors").status()).isEqualTo(200);
  }

  private static void sendOneByte(Flow.Subscriber<? super ByteBuffer> subscriber) {
    AtomicBoolean sent = new AtomicBoolean();
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            if (sent.compareAndSet(false, true)) {
              subscriber.onNext(ByteBuffer.wrap(new byte[] {'{'}));
            }
          }

          @Override
          public void cancel() {}
        });
  }

  /** The server's certificate is one that it made itself, in somebody else's name. */
  private static SSLContext trustingAnyone() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAnyone()}, new SecureRandom());
    return context;
  }

  private static final class TrustsAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
