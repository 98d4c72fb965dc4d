package io.serversence.probe;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS side of connections. Sessions are not resumed: a resumed one shows the certificate
 * of before, and the one of now is what a monitor is to see. Safe for use by many threads.
 */
final class Tls {
  /** Whose certificates are accepted. */
  enum Mode {
    /** No TLS. */
    NONE,
    /** Those for the name, signed by a known authority. */
    VERIFIED,
    /** Anyone's. */
    ANY
  }

  private static final int SESSIONS = 16;
  private static final long CLOSING_MILLIS = 500;

  private final SslContext verified;
  private final SslContext any;

  Tls(@Nullable KeyStore authorities) {
    try {
      verified = context().trustManager(Trust.in(authorities)).build();
      any =
          context()
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  /** A session of one second's life, and few of them: none is found again. */
  private static SslContextBuilder context() {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .sessionTimeout(1)
        .sessionCacheSize(SESSIONS);
  }

  /**
   * The handler of one connection.
   *
   * @param name what the server is asked for, and its certificate is to be for
   */
  SslHandler handler(Mode mode, ByteBufAllocator allocator, String name, int port) {
    SslContext context =
        switch (mode) {
          case VERIFIED -> verified;
          case ANY -> any;
          case NONE -> throw new IllegalArgumentException("no TLS");
        };
    SslHandler handler = context.newHandler(allocator, name, port);
    SNIHostName indication = indication(name);
    if (indication != null) {
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(indication));
      handler.engine().setSSLParameters(parameters);
    }
    handler.setHandshakeTimeoutMillis(0); // the probe's deadline is over it
    handler.setCloseNotifyFlushTimeoutMillis(CLOSING_MILLIS);
    return handler;
  }

  /** Java would name no host without a dot; other clients do. */
  private static @Nullable SNIHostName indication(String name) {
    if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
      return null;
    }
    try {
      return new SNIHostName(name.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      return null; // such as a name with an underscore
    }
  }

  /** The server's own certificate, or null if it showed none. */
  static @Nullable X509Certificate certificate(SslHandler handler) {
    try {
      return handler.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
          ? leaf
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** The certificate that was refused, or null if that was not the reason. */
  static @Nullable X509Certificate refused(@Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof CertificateRefused refused) {
        return Objects.requireNonNull(refused.leaf());
      }
    }
    return null;
  }
}
