package io.serversence.probe;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.serversence.document.Durations;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in words that a person understands. Pure. */
final class Words {
  private static final Pattern ERRNO = Pattern.compile("error\\(-([0-9]+)\\)");

  /** What the system says where no number comes with it, as with Java's own sockets. */
  private static final String[][] TEXTS = {
    {"connection refused", "111"},
    {"reset", "104"},
    {"broken pipe", "32"},
    {"too many open files", "24"},
    {"cannot assign requested address", "99"},
    {"can't assign requested address", "99"},
    {"address not available", "99"},
    {"network is unreachable", "101"},
    {"no route to host", "113"},
    {"host is down", "113"},
    {"timed out", "110"},
    {"permission denied", "13"},
    {"operation not permitted", "1"},
  };

  /** What netty's decoder says for a status line that is none. */
  private static final int NO_STATUS = 999;

  private Words() {}

  /** What broke a connection. */
  static Failure of(@Nullable Throwable cause, Stage stage) {
    if (cause == null || cause instanceof ClosedChannelException) {
      return closed(stage);
    }
    if (cause instanceof OutOfMemoryError) {
      return Failure.ours("ServerSence has too little memory");
    }
    Failure tls = TlsWords.of(cause, stage);
    if (tls != null) {
      return tls;
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      Failure known = ofNumber(errno(t), stage);
      if (known != null) {
        return known;
      }
    }
    return Failure.of("the connection broke " + stage.words);
  }

  static Failure closed(Stage stage) {
    return Failure.of("connection closed by the target " + stage.words);
  }

  static Failure late(Duration timeout, String when) {
    return Failure.of("no answer within " + Durations.format(timeout) + " (" + when + ")");
  }

  /** What is wrong with an answer that is no HTTP. */
  static Failure unreadable(HttpResponse answer, int headerCap) {
    Throwable cause = answer.decoderResult().cause();
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
      return Failure.of("headers larger than " + bytes(headerCap));
    }
    if (cause instanceof PrematureChannelClosureException) {
      return closed(Stage.HEADERS);
    }
    return Failure.of(
        answer.status().code() == NO_STATUS
            ? "the answer is not HTTP"
            : "the headers do not keep to the rules of HTTP");
  }

  /** A count of bytes, such as {@code 1 MiB}. */
  static String bytes(long n) {
    if (n % (1024 * 1024) == 0) {
      return n / (1024 * 1024) + " MiB";
    }
    return n % 1024 == 0 ? n / 1024 + " KiB" : n + " bytes";
  }

  private static int errno(Throwable cause) {
    if (cause instanceof NoRouteToHostException) {
      return 113;
    }
    if (cause instanceof ConnectTimeoutException) {
      return 110;
    }
    String message = cause.getMessage();
    if (message == null) {
      return 0;
    }
    Matcher m = ERRNO.matcher(message);
    if (m.find()) {
      return Integer.parseInt(m.group(1));
    }
    String text = message.toLowerCase(Locale.ROOT);
    for (String[] known : TEXTS) {
      if (text.contains(known[0])) {
        return Integer.parseInt(known[1]);
      }
    }
    return 0;
  }

  /** Linux's numbers of errors. */
  private static @Nullable Failure ofNumber(int errno, Stage stage) {
    return switch (errno) {
      case 111 -> Failure.of("connection refused");
      case 104 -> Failure.of("connection reset " + stage.words);
      case 32, 103 -> closed(stage);
      case 110 -> Failure.of("the target's machine does not answer (" + stage.words + ")");
      case 100, 101, 113 -> Failure.of("no route to the target");
      case 22 -> Failure.of("the address cannot be connected to");
      case 97 -> Failure.ours("this machine has no network of the target's kind of address");
      case 1, 13 -> Failure.ours("this machine does not let ServerSence connect there");
      case 12, 105 -> Failure.ours("this machine has too little memory for connections");
      case 23, 24 -> Failure.ours("ServerSence has too many files and connections open");
      case 98, 99 -> Failure.ours("this machine has no free address or port to connect from");
      default -> null;
    };
  }
}
