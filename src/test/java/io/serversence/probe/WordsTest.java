package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static Failure connecting(Throwable cause) {
    return Words.of(cause, Stage.CONNECTING);
  }

  @Test
  void the_system_s_numbers_become_words() {
    assertThat(connecting(new ConnectException("finishConnect(..) failed with error(-111): Nanu")))
        .isEqualTo(Failure.of("connection refused"));
    assertThat(connecting(new ConnectException("Connection refused: /127.0.0.1:1")))
        .isEqualTo(Failure.of("connection refused"));
    assertThat(connecting(new NoRouteToHostException("No route to host")))
        .isEqualTo(Failure.of("no route to the target"));
    assertThat(connecting(new IOException("Network is unreachable")))
        .isEqualTo(Failure.of("no route to the target"));
    assertThat(Words.of(new IOException("recv failed with error(-104): x"), Stage.READING))
        .isEqualTo(Failure.of("connection reset while reading the body"));
    assertThat(Words.of(new IOException("Broken pipe"), Stage.WAITING))
        .isEqualTo(Failure.of("connection closed by the target while waiting for the answer"));
    assertThat(Words.of(null, Stage.WAITING))
        .isEqualTo(Words.of(new ClosedChannelException(), Stage.WAITING));
  }

  @Test
  void what_the_own_machine_lacks_is_no_fault_of_the_target() {
    assertThat(
            connecting(
                new ChannelException(
                    new IOException("newSocketStream() failed with error(-24): Too many"))))
        .isEqualTo(Failure.ours("ServerSence has too many files and connections open"));
    for (String text :
        new String[] {
          "Too many open files",
          "Cannot assign requested address",
          "error(-99)",
          "error(-105)",
          "error(-97)",
          "Permission denied"
        }) {
      assertThat(connecting(new IOException(text)).ours()).as(text).isTrue();
    }
    assertThat(connecting(new OutOfMemoryError("x")).ours()).isTrue();
  }

  @Test
  void no_exception_shows_its_name() {
    for (Stage stage : Stage.values()) {
      assertThat(Words.of(new IOException("java.lang.Boom"), stage))
          .isEqualTo(Failure.of("the connection broke " + stage.words));
    }
    assertThat(Words.of(new SSLException("java.lang.Boom"), Stage.SECURING))
        .isEqualTo(Failure.of("the TLS handshake failed"));
    assertThat(Words.of(new SSLException("java.lang.Boom"), Stage.READING))
        .isEqualTo(Failure.of("the TLS connection broke while reading the body"));
    assertThat(
            Words.of(new SSLException("Received fatal alert: handshake_failure"), Stage.SECURING))
        .isEqualTo(Failure.of("the server refused the TLS handshake (handshake failure)"));
  }

  @Test
  void times_and_sizes_are_as_people_write_them() {
    assertThat(Words.late(Duration.ofSeconds(10), "while connecting").words())
        .isEqualTo("no answer within 10s (while connecting)");
    assertThat(Words.bytes(1024 * 1024)).isEqualTo("1 MiB");
    assertThat(Words.bytes(64 * 1024)).isEqualTo("64 KiB");
    assertThat(Words.bytes(1_000)).isEqualTo("1000 bytes");
  }
}
