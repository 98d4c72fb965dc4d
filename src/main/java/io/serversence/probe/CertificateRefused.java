package io.serversence.probe;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** A certificate that is not accepted, with the words for it and the chain as it was shown. */
final class CertificateRefused extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final transient X509Certificate leaf;
  private final String words;

  CertificateRefused(X509Certificate leaf, String words, Throwable cause) {
    super(words, cause);
    this.leaf = leaf;
    this.words = words;
  }

  X509Certificate leaf() {
    return leaf;
  }

  String words() {
    return words;
  }
}
