package io.serversence.probe;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.serversence.monitor.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down an exchange over HTTP, without its secrets. Pure. */
final class HttpEvidence {
  private HttpEvidence() {}

  /**
   * The evidence of the last exchange.
   *
   * @param sent null if nothing was sent
   * @param answer null if nothing came back
   */
  static Evidence of(
      Ask ask,
      @Nullable HttpHeaders sent,
      @Nullable HttpResponse answer,
      @Nullable String excerpt,
      List<String> addresses,
      Evidence.@Nullable Certificate certificate) {
    return new Evidence(
        sent == null ? null : ask.method() + " " + ask.url(),
        sent == null ? Map.of() : headers(sent),
        answer == null ? null : answer.protocolVersion() + " " + answer.status(),
        answer == null ? Map.of() : headers(answer.headers()),
        excerpt,
        addresses,
        certificate);
  }

  private static Map<String, String> headers(HttpHeaders all) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : all) {
      String value = Secrets.shown(header.getKey(), header.getValue());
      shown.merge(header.getKey(), value, (a, b) -> a.equals(Secrets.MASK) ? a : a + ", " + b);
    }
    return shown;
  }
}
