package io.serversence.probe;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's judgement on certificates, with the reasons in words where it refuses. Safe for use by
 * many threads.
 */
final class Trust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager judge;

  private Trust(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /**
   * Trust in authorities.
   *
   * @param authorities null for the JVM's own, which {@code javax.net.ssl.trustStore} names
   */
  static Trust in(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager judge) {
          return new Trust(judge);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM's certificate authorities cannot be read", e);
    }
    throw new IllegalStateException("the JVM has no judge of certificates");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw new CertificateRefused(chain[0], faults(chain, authType, engine, e), e);
    }
  }

  /** All that is wrong with a certificate, for whoever has to get a new one. */
  private String faults(
      X509Certificate[] chain, String authType, SSLEngine engine, CertificateException refusal) {
    List<String> faults = new ArrayList<>(2);
    String date = Certificates.dateFault(chain, Instant.now());
    if (date != null) {
      faults.add(date);
    }
    boolean trusted = true;
    try {
      judge.checkServerTrusted(chain, authType); // without a look at the name
    } catch (CertificateException e) {
      trusted = false;
      if (date == null) {
        faults.add(distrust(e));
      }
    }
    String host = engine.getPeerHost();
    if (host != null && !Certificates.isFor(chain[0], host)) {
      faults.add("certificate is not valid for " + host);
    } else if (trusted && faults.isEmpty()) {
      faults.add(distrust(refusal));
    }
    return String.join("; ", faults);
  }

  private static String distrust(CertificateException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("unable to find valid certification path")
          || message.contains("Path does not chain with any of the trust anchors")
          || message.contains("No trusted certificate found")) {
        return "certificate is signed by an unknown authority";
      }
      if (message.contains("Algorithm constraints")) {
        return "certificate is signed with an algorithm or a key that is too weak";
      }
      if (message.contains("Extended key usage")) {
        return "certificate is not meant for servers";
      }
    }
    return "certificate is not trusted";
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0]; // a client does not send them
  }
}
