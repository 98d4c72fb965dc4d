package io.serversence.probe;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of one answer: all of it, up to the cap, if a condition is about it; else the
 * beginning alone, for evidence, and the rest is counted. Used by one thread.
 */
final class Body {
  /** Characters of an excerpt. */
  static final int EXCERPT = 2_000;

  /** Bytes that an excerpt takes at most. */
  private static final int EXCERPT_BYTES = 4 * EXCERPT;

  /** Bodies up to this size are not counted as held. */
  private static final int SMALL = 64 * 1024;

  /** What may inflate by any ratio: small pages of little variety do, and harm nobody. */
  private static final int RATIO_FREE = 16 * 1024;

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9_.:+-]+)", Pattern.CASE_INSENSITIVE);
  private static final byte[] NOTHING = new byte[0];

  private final ProberSettings settings;
  private final AtomicLong held;
  private final boolean whole;
  private byte[] bytes = NOTHING;
  private int size;
  private long received;
  private long counted;
  private @Nullable HttpHeaders headers;
  private @Nullable String text;

  /**
   * An empty body.
   *
   * @param held counts what all bodies hold
   * @param whole whether all of it is wanted
   */
  Body(ProberSettings settings, AtomicLong held, boolean whole) {
    this.settings = settings;
    this.held = held;
    this.whole = whole;
  }

  /** Learns from an answer's headers how its body is written. */
  void describe(HttpHeaders of) {
    headers = of;
  }

  private String encoding() {
    String value = headers == null ? null : headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (value == null) {
      return "";
    }
    String lower = value.strip().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "identity" -> "";
      case "x-gzip" -> "gzip";
      default -> lower;
    };
  }

  private Charset charset() {
    String contentType = headers == null ? null : headers.get(HttpHeaderNames.CONTENT_TYPE);
    Matcher m = CHARSET.matcher(contentType == null ? "" : contentType);
    if (m.find()) {
      try {
        return Charset.forName(m.group(1));
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        return StandardCharsets.UTF_8;
      }
    }
    return StandardCharsets.UTF_8;
  }

  /**
   * Takes in a part, without its release.
   *
   * @return why no more can be read, or null
   */
  @Nullable Failure add(ByteBuf part) {
    int n = part.readableBytes();
    received += n;
    int kept = Math.min(n, (whole ? settings.bodyCap() : EXCERPT_BYTES) - size);
    if (kept <= 0) {
      return null;
    }
    if (size + kept > bytes.length) {
      int room = Math.max(size + kept, Math.min(2 * bytes.length, settings.bodyCap()));
      if (!hold(room)) {
        return Failure.ours("ServerSence has no room for one more large body");
      }
      bytes = Arrays.copyOf(bytes, room);
    }
    part.getBytes(part.readerIndex(), bytes, size, kept);
    size += kept;
    return null;
  }

  private boolean hold(int room) {
    if (room <= SMALL) {
      return true;
    }
    long more = room - counted;
    if (held.addAndGet(more) > settings.heldBodies()) {
      held.addAndGet(-more);
      return false;
    }
    counted = room;
    return true;
  }

  /** Lets go of the bytes, and is empty again. */
  void release() {
    held.addAndGet(-counted);
    counted = 0;
    bytes = NOTHING;
    size = 0;
    received = 0;
  }

  /** True if more came than is read of any body. */
  boolean tooLarge() {
    return received > settings.bodyCap();
  }

  /** Bytes that came, as they came. */
  long received() {
    return received;
  }

  Failure tooLargeWords() {
    return Failure.of("body larger than " + Words.bytes(settings.bodyCap()));
  }

  /**
   * Makes the text that conditions ask for.
   *
   * @return why that is impossible, or null
   */
  @Nullable Failure decode() {
    if (!whole) {
      return null;
    }
    String encoding = encoding();
    if (encoding.isEmpty()) {
      text = new String(bytes, 0, size, charset());
      return null;
    }
    if (!inflatable(encoding)) {
      return Failure.of("the body is encoded as " + encoding + ", which cannot be read");
    }
    if (size == 0) {
      text = "";
      return null;
    }
    long ratio = Math.max(RATIO_FREE, (long) size * settings.inflationRatio());
    int most = (int) Math.min(settings.bodyCap(), ratio);
    Inflation inflation = Inflation.of(encoding.equals("gzip"), bytes, size, most);
    text = new String(inflation.bytes(), charset());
    return switch (inflation.end()) {
      case WHOLE -> null;
      case CUT ->
          most == settings.bodyCap()
              ? tooLargeWords()
              : Failure.of(
                  "the body inflates to more than "
                      + settings.inflationRatio()
                      + " times its size");
      case SHORT -> Failure.of("the compressed body breaks off");
      case DAMAGED -> Failure.of("the body is not the " + encoding + " that it says to be");
    };
  }

  private static boolean inflatable(String encoding) {
    return encoding.equals("gzip") || encoding.equals("deflate");
  }

  /** What {@link #decode} made; empty before. */
  String text() {
    return text == null ? "" : text;
  }

  /** The beginning, for people; null if nothing came. */
  @Nullable String excerpt() {
    if (size == 0) {
      return null;
    }
    String start;
    String encoding = encoding();
    if (inflatable(encoding)) {
      byte[] inflated = Inflation.of(encoding.equals("gzip"), bytes, size, EXCERPT_BYTES).bytes();
      start = new String(inflated, charset());
    } else {
      start = new String(bytes, 0, Math.min(size, EXCERPT_BYTES), charset());
    }
    return start.length() <= EXCERPT ? start : start.substring(0, cut(start));
  }

  private static int cut(String text) {
    return Character.isHighSurrogate(text.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
  }
}
