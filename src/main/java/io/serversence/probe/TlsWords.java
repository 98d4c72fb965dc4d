package io.serversence.probe;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why TLS failed. Pure. */
final class TlsWords {
  private static final String ALERT = "Received fatal alert: ";

  private TlsWords() {}

  /** The words, or null if it was not TLS that failed. */
  static @Nullable Failure of(Throwable cause, Stage stage) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof CertificateRefused refused) {
        return Failure.of(refused.words());
      }
      if (t instanceof NotSslRecordException) {
        return Failure.of("not a TLS server");
      }
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (t instanceof SSLException && message != null) {
        Failure failure = ofMessage(message, stage);
        if (failure != null) {
          return failure;
        }
      }
    }
    return null;
  }

  private static @Nullable Failure ofMessage(String message, Stage stage) {
    if (message.startsWith(ALERT)) {
      return Failure.of(ofAlert(message.substring(ALERT.length()).trim()));
    }
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("plaintext connection") || text.contains("unrecognized ssl message")) {
      return Failure.of("not a TLS server");
    }
    if (text.contains("connection closed") || text.contains("closed connection")) {
      return Words.closed(stage);
    }
    if (text.contains("connection reset") || text.contains("broken pipe")) {
      return null; // the system's error says it
    }
    if (text.contains("protocol version")
        || text.contains("tlsv1 is not")
        || text.contains("no appropriate protocol")) {
      return Failure.of("the server speaks neither TLS 1.2 nor 1.3");
    }
    return Failure.of(
        stage == Stage.SECURING
            ? "the TLS handshake failed"
            : "the TLS connection broke " + stage.words);
  }

  private static String ofAlert(String alert) {
    return switch (alert) {
      case "protocol_version" -> "the server speaks neither TLS 1.2 nor 1.3";
      case "unrecognized_name" -> "the TLS server does not know this name";
      case "certificate_required", "bad_certificate" ->
          "the TLS server wants a certificate of the client";
      default -> "the server refused the TLS handshake (" + alert.replace('_', ' ') + ")";
    };
  }
}
