package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class BodyTest {
  private final AtomicLong held = new AtomicLong();

  private Body body(boolean whole, String... headers) {
    Body body = new Body(ProberSettings.DEFAULT, held, whole);
    HttpHeaders all = new DefaultHttpHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      all.set(headers[i], headers[i + 1]);
    }
    body.describe(all);
    return body;
  }

  private static ByteBuf bytes(byte[] bytes) {
    return Unpooled.wrappedBuffer(bytes);
  }

  private static byte[] deflated(byte[] plain, boolean bare) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, bare))) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void gzip_and_both_kinds_of_deflate_are_read() throws IOException {
    byte[] plain = "grüß dich".repeat(500).getBytes(StandardCharsets.UTF_8);
    String[] encodings = {"gzip", "X-GZIP", "deflate", "deflate", "identity"};
    byte[][] encoded = {
      HostileTargetTest.gzip(plain),
      HostileTargetTest.gzip(plain),
      deflated(plain, false),
      deflated(plain, true),
      plain
    };
    for (int i = 0; i < encodings.length; i++) {
      Body body = body(true, "Content-Encoding", encodings[i]);
      assertThat(body.add(bytes(encoded[i]))).isNull();
      assertThat(body.decode()).isNull();
      assertThat(body.text()).isEqualTo(new String(plain, StandardCharsets.UTF_8));
      assertThat(body.excerpt()).hasSize(Body.EXCERPT).startsWith("grüß dich");
    }
  }

  @Test
  void what_cannot_be_read_is_said_in_words() throws IOException {
    byte[] gzip = HostileTargetTest.gzip("hello hello hello".getBytes(StandardCharsets.UTF_8));
    Body unknown = body(true, "Content-Encoding", "br");
    unknown.add(bytes(gzip));
    assertThat(unknown.decode())
        .isEqualTo(Failure.of("the body is encoded as br, which cannot be read"));
    Body shortened = body(true, "Content-Encoding", "gzip");
    shortened.add(bytes(Arrays.copyOf(gzip, gzip.length - 10)));
    assertThat(shortened.decode()).isEqualTo(Failure.of("the compressed body breaks off"));
    assertThat(shortened.excerpt()).startsWith("hello");
    Body damaged = body(true, "Content-Encoding", "gzip");
    damaged.add(bytes("plain text".getBytes(StandardCharsets.UTF_8)));
    assertThat(damaged.decode())
        .isEqualTo(Failure.of("the body is not the gzip that it says to be"));
  }

  @Test
  void a_body_may_be_as_large_as_the_cap_also_when_it_was_compressed() throws IOException {
    byte[] plain = new byte[1024 * 1024 + 1];
    new Random(1).nextBytes(plain);
    for (int i = 0; i < plain.length; i++) {
      plain[i] &= 0x3f; // compresses a little
    }
    Body fits = body(true, "Content-Encoding", "gzip");
    fits.add(bytes(HostileTargetTest.gzip(Arrays.copyOf(plain, 1024 * 1024))));
    assertThat(fits.decode()).isNull();
    assertThat(fits.text()).hasSize(1024 * 1024);
    fits.release();
    Body larger = body(true, "Content-Encoding", "gzip");
    larger.add(bytes(HostileTargetTest.gzip(plain)));
    assertThat(larger.decode()).isEqualTo(Failure.of("body larger than 1 MiB"));
    larger.release();
    assertThat(held).hasValue(0);
  }

  @Test
  void only_an_excerpt_is_kept_where_nobody_asks_for_more() {
    Body body = body(false);
    for (int i = 0; i < 100; i++) {
      assertThat(body.add(bytes(new byte[10_000]))).isNull();
    }
    assertThat(body.received()).isEqualTo(1_000_000);
    assertThat(body.tooLarge()).isFalse();
    assertThat(held).hasValue(0);
    assertThat(body.decode()).isNull();
    assertThat(body.text()).isEmpty();
    assertThat(body.excerpt()).hasSize(2_000);
    body.add(bytes(new byte[100_000]));
    assertThat(body.tooLarge()).isTrue();
  }

  @Test
  void an_excerpt_does_not_cut_a_character_in_two() {
    Body body = body(false);
    body.add(bytes(("x" + "😀".repeat(2_000)).getBytes(StandardCharsets.UTF_8)));
    assertThat(body.excerpt()).hasSize(1_999).endsWith("😀");
  }

  @Test
  void an_unknown_charset_is_read_as_utf_8() {
    Body body = body(true, "Content-Type", "text/html; charset=x-nobody-knows");
    body.add(bytes("ü".getBytes(StandardCharsets.UTF_8)));
    assertThat(body.decode()).isNull();
    assertThat(body.text()).isEqualTo("ü");
    Body latin = body(true, "Content-Type", "text/html; Charset = iso-8859-1");
    latin.add(bytes("ü".getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(latin.decode()).isNull();
    assertThat(latin.text()).isEqualTo("ü");
  }

  @Test
  void all_bodies_together_hold_no_more_than_the_bound() {
    Body first = body(true);
    assertThat(first.add(bytes(new byte[1024 * 1024]))).isNull();
    assertThat(held).hasValue(1024 * 1024);
    held.set(ProberSettings.DEFAULT.heldBodies());
    Body second = body(true);
    assertThat(second.add(bytes(new byte[60_000]))).isNull();
    Failure full = second.add(bytes(new byte[60_000]));
    assertThat(full).isEqualTo(Failure.ours("ServerSence has no room for one more large body"));
    second.release();
    assertThat(held).hasValue(ProberSettings.DEFAULT.heldBodies());
    first.release();
    assertThat(held).hasValue(ProberSettings.DEFAULT.heldBodies() - 1024 * 1024);
  }
}
