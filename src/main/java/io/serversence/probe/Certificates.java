package io.serversence.probe;

import io.netty.util.NetUtil;
import io.serversence.monitor.Evidence;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads certificates. It judges for messages only: whether one is accepted, the JDK decides. */
final class Certificates {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private Certificates() {}

  static Evidence.Certificate evidence(X509Certificate certificate) {
    return new Evidence.Certificate(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        names(certificate));
  }

  /** What is wrong with the dates of a chain, or null. */
  static @Nullable String dateFault(X509Certificate[] chain, Instant now) {
    for (int i = 0; i < chain.length; i++) {
      X509Certificate certificate = chain[i];
      String which = i == 0 ? "certificate" : "certificate of the authority";
      Instant end = certificate.getNotAfter().toInstant();
      if (end.isBefore(now)) {
        return which + " expired on " + day(end);
      }
      Instant start = certificate.getNotBefore().toInstant();
      if (start.isAfter(now)) {
        return which + " is not valid before " + day(start);
      }
    }
    return null;
  }

  private static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** The names and addresses that a certificate is for. */
  static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> name : all) {
          boolean shown = name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS);
          if (shown && name.get(1) instanceof String text) {
            names.add(text);
          }
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return names;
  }

  /** True if one of the names is the host's, by the rules of RFC 6125 as browsers keep them. */
  static boolean isFor(X509Certificate certificate, String host) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    String wanted = host.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    for (String name : names(certificate)) {
      if (address != null) {
        byte[] named = NetUtil.createByteArrayFromIpAddressString(name);
        if (named != null && Arrays.equals(named, address)) {
          return true;
        }
      } else {
        String given = name.toLowerCase(Locale.ROOT);
        boolean wildcard =
            given.startsWith("*.") && dot > 0 && wanted.substring(dot).equals(given.substring(1));
        if (wildcard || given.equals(wanted)) {
          return true;
        }
      }
    }
    return false;
  }
}
