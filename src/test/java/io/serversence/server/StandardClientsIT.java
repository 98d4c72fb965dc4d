package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clients of the standards, as anyone's program would use them. */
@ExtendWith(RunningServer.class)
class StandardClientsIT {
  private static final long PATIENCE_S = 30;

  private final Server server;

  StandardClientsIT(Server server) {
    this.server = server;
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_S, TimeUnit.SECONDS);
    assertThat(next).as("the next message").isNotNull();
    return next;
  }

  @Test
  void an_sse_event_source_of_jax_rs_reads_the_stream_and_comes_back_with_its_id()
      throws Exception {
    BlockingQueue<InboundSseEvent> events = new LinkedBlockingQueue<>();
    BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    ClientRequestFilter signIn =
        request -> request.getHeaders().putSingle("Authorization", server.admin().authorization());
    Client client = ClientBuilder.newBuilder().register(signIn).build();
    try (PlayedMonitor monitor = PlayedMonitor.create(server, "standard-sse")) {
      URI uri = server.at("/api/events?monitor=" + monitor.id());
      SseEventSource source = SseEventSource.target(client.target(uri)).build();
      source.register(events::add, errors::add);
      source.open();
      try {
        InboundSseEvent hello = next(events);
        InboundSseEvent snapshot = next(events);
        monitor.fail();
        InboundSseEvent incident = next(events);

        assertThat(hello.getName()).isEqualTo("hello");
        assertThat(hello.isReconnectDelaySet()).isTrue();
        assertThat(hello.getReconnectDelay()).isBetween(1_500L, 5_000L);
        assertThat(StreamEvent.parse(hello.readData()).getString("resumed")).isEqualTo("fresh");
        assertThat(snapshot.getName()).isEqualTo("snapshot");
        assertThat(incident.getName()).isEqualTo("incident");
        assertThat(incident.getId()).matches("[a-z0-9]{8}-\\d+");
        JsonObject data = StreamEvent.parse(incident.readData());
        assertThat(data.getJsonObject("incident").getString("monitor")).isEqualTo(monitor.id());
        assertThat(errors).isEmpty();
      } finally {
        assertThat(source.close(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      client.close();
    }
  }

  /** Keeps what comes. */
  private static final class Listener extends Endpoint {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(String.class, (MessageHandler.Whole<String>) messages::add);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      ends.add(reason);
    }
  }

  private ClientEndpointConfig signedIn() {
    return ClientEndpointConfig.Builder.create()
        .preferredSubprotocols(List.of(SocketClient.PROTOCOL))
        .configurator(
            new ClientEndpointConfig.Configurator() {
              @Override
              public void beforeRequest(Map<String, List<String>> headers) {
                headers.put("Authorization", List.of(server.admin().authorization()));
              }
            })
        .build();
  }

  @Test
  void a_web_socket_client_of_the_standard_reads_the_stream_and_commands() throws Exception {
    Listener listener = new Listener();
    URI http = server.at("/api/ws");
    URI uri = new URI("ws", null, http.getHost(), http.getPort(), http.getPath(), null, null);
    try (PlayedMonitor monitor = PlayedMonitor.create(server, "standard-ws")) {
      String incident = monitor.incident();
      try (Session session =
          ContainerProvider.getWebSocketContainer().connectToServer(listener, signedIn(), uri)) {
        assertThat(session.getNegotiatedSubprotocol()).isEqualTo(SocketClient.PROTOCOL);
        assertThat(session.getNegotiatedExtensions()).isEmpty();
        assertThat(next(listener.messages)).startsWith("{\"event\":\"hello\"");
        send(
            session,
            "{\"op\":\"subscribe\",\"ref\":1,\"snapshot\":false,\"filter\":{\"monitor\":\"standard-ws\",\"events\":\"incident\"}}");
        assertThat(next(listener.messages)).startsWith("{\"ref\":1,\"ok\":true");
        send(
            session,
            Json.createObjectBuilder()
                .add("op", "comment")
                .add("ref", 2)
                .add("incident", incident)
                .add("text", "from the standard client")
                .build()
                .toString());
        List<String> both = List.of(next(listener.messages), next(listener.messages));
        assertThat(both).anyMatch(m -> m.startsWith("{\"ref\":2,\"ok\":true"));
        assertThat(both)
            .anyMatch(
                m ->
                    m.startsWith("{\"event\":\"incident\"")
                        && m.contains("from the standard client"));
      }
      assertThat(next(listener.ends).getCloseCode())
          .isEqualTo(CloseReason.CloseCodes.NORMAL_CLOSURE);
    }
  }

  private static void send(Session session, String message) throws java.io.IOException {
    session.getBasicRemote().sendText(message);
  }
}
