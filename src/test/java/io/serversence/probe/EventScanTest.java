package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventScanTest {
  /** In one part, and byte by byte. */
  private static boolean arrived(String stream) {
    byte[] bytes = unescaped(stream).getBytes(StandardCharsets.UTF_8);
    boolean whole = new EventScan().arrived(Unpooled.wrappedBuffer(bytes));
    EventScan scan = new EventScan();
    boolean parts = false;
    for (byte b : bytes) {
      parts |= scan.arrived(Unpooled.wrappedBuffer(new byte[] {b}));
    }
    assertThat(parts).isEqualTo(whole);
    return whole;
  }

  private static String unescaped(String text) {
    return text.replace("/r", "\r").replace("/n", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: x/n/n",
        "data:/n/n",
        "data/n/n",
        "data: x/r/r",
        "data: x/r/n/r/n",
        "event: e/nid: 1/ndata: x/nretry: 1/n/n",
        "data: x/nevent: late/n/n",
        "/n/ndata: x/n/n",
        ":/n",
        ": comment/r",
        "retry: 10/n/n: comment/n",
        "\ufeffdata: x/n/n",
        "data: x/ndata: y/n/n"
      })
  void an_event_or_a_comment_has_arrived(String stream) {
    assertThat(arrived(stream)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: x",
        "data: x/n",
        "data: x/r/n",
        ": comment",
        "retry: 10/n/n",
        "event: e/n/n",
        "database: x/n/n",
        "dat/n/n",
        " data: x/n/n",
        "DATA: x/n/n",
        "x:data:/n/n",
        "data: x/nevent: e/n"
      })
  void nothing_has_arrived_yet(String stream) {
    assertThat(arrived(stream)).isFalse();
  }
}
