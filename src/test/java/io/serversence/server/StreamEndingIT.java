package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that end because their reader's rights do. */
@ExtendWith(RunningServer.class)
class StreamEndingIT {
  private final Server server;

  StreamEndingIT(Server server) {
    this.server = server;
  }

  private StreamRequest signedIn(String cookie) {
    return StreamRequest.anonymous(server)
        .header("Cookie", cookie)
        .header("Origin", "http://127.0.0.1:" + server.port());
  }

  @ParameterizedTest
  @EnumSource
  void signing_out_ends_the_streams_of_that_session_for_good(StreamTransport transport)
      throws IOException {
    String cookie = Login.cookie(server);
    String another = Login.cookie(server);
    try (StreamClient client = transport.open(signedIn(cookie));
        StreamClient other = transport.open(signedIn(another))) {
      long from = System.nanoTime();
      Login.end(server, cookie);
      StreamEvent bye = client.next("bye");

      // within 5 s by the server's clock; the rest is for the machine
      assertThat(Duration.ofNanos(bye.nanos() - from)).isLessThan(Duration.ofSeconds(10));
      JsonObject data = bye.json();
      assertThat(data.getString("reason")).isEqualTo("revoked");
      assertThat(data.isNull("reconnectMs")).isTrue();
      assertThat(client.end().code()).isEqualTo(transport == StreamTransport.SSE ? 0 : 4501);
      assertThat(transport.refusal(signedIn(cookie)).status()).isEqualTo(401);
      assertThat(other.hasEnded()).isFalse();
    } finally {
      Login.end(server, another);
    }
  }
}
