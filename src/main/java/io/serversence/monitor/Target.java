package io.serversence.monitor;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is probed, and how. */
public sealed interface Target {
  /** The word in documents, such as {@code http}. */
  String type();

  /** The host that a probe connects to; empty where none does. */
  default String host() {
    return "";
  }

  /**
   * An HTTP request.
   *
   * @param url absolute, {@code http} or {@code https}, with a host
   * @param method an HTTP token, such as {@code GET}
   * @param maxRedirects 0..5, of no meaning without {@code followRedirects}
   * @param insecureTls accept any certificate
   */
  record Http(
      URI url,
      String method,
      Map<String, String> headers,
      @Nullable String body,
      boolean followRedirects,
      int maxRedirects,
      boolean insecureTls,
      @Nullable Auth auth)
      implements Target {
    @Override
    public String type() {
      return "http";
    }

    /** Without headers, body and auth, which may hold secrets. */
    @Override
    public String toString() {
      return "Http[" + method + " " + url + "]";
    }

    @Override
    public String host() {
      return url.getHost();
    }
  }

  /**
   * A TCP connection; {@code send} is written after connecting, {@code expect} must occur in what
   * comes back.
   */
  record Tcp(String host, int port, @Nullable String send, @Nullable String expect)
      implements Target {
    @Override
    public String type() {
      return "tcp";
    }
  }

  /** A TLS handshake with a certificate that is valid for {@code serverName}, else for the host. */
  record Tls(String host, int port, @Nullable String serverName) implements Target {
    @Override
    public String type() {
      return "tls";
    }
  }

  /** A stream of Server-Sent Events: up when the first event or comment arrives in time. */
  record Sse(URI url, Map<String, String> headers) implements Target {
    @Override
    public String type() {
      return "sse";
    }

    /** Without headers, which may hold secrets. */
    @Override
    public String toString() {
      return "Sse[" + url + "]";
    }

    @Override
    public String host() {
      return url.getHost();
    }
  }

  /**
   * A target that calls us: down when no beat came for interval + grace.
   *
   * @param grace 0 to 24 h
   * @param token the secret in the beat's address, 32 URL-safe characters
   */
  record Heartbeat(Duration grace, String token) implements Target {
    @Override
    public String type() {
      return "heartbeat";
    }

    @Override
    public String toString() {
      return "Heartbeat[grace=" + grace + ", token=***]";
    }
  }
}
