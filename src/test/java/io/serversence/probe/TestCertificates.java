package io.serversence.probe;

import io.netty.util.NetUtil;
import java.io.InputStream;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys of {@code certificates.p12}, made once with {@code keytool -genkeypair}: {@code
 * authority}, which signed {@code good} (localhost, good.example, *.wild.example, 127.0.0.1, ::1),
 * {@code expired} (2020), {@code future} (2119) and {@code other} (other.example); {@code own} and
 * {@code worst} (2020, worst.example) signed themselves.
 */
public final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestCertificates() {}

  private static KeyStore all() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = TestCertificates.class.getResourceAsStream("certificates.p12")) {
      store.load(Objects.requireNonNull(in), PASSWORD);
    }
    return store;
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  /** Trust in the authority alone. */
  public static KeyStore authority() {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("authority", all().getCertificate("authority"));
      return trusted;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client's context that trusts the authority alone. */
  public static SSLContext trusting() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authority());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** A server's context that shows one of the certificates. */
  public static SSLContext showing(String alias) throws Exception {
    KeyStore all = all();
    KeyStore one = empty();
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** A listening socket that shows one of the certificates. */
  static ServerSocket listening(String alias) {
    try {
      return showing(alias).getServerSocketFactory().createServerSocket(0, 50, NetUtil.LOCALHOST4);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that speaks only some versions. */
  static ServerSocket listening(String alias, String... protocols) {
    SSLServerSocket socket = (SSLServerSocket) listening(alias);
    socket.setEnabledProtocols(protocols);
    return socket;
  }
}
