package io.serversence.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what came back, kept for a failing sample. Secrets are masked when it is made.
 *
 * @param request such as {@code GET https://shop.example/health}; null where nothing was sent
 * @param requestHeaders as sent, secrets as {@code ***}
 * @param response such as {@code HTTP/1.1 500 Internal Server Error}; null where nothing came back
 * @param responseHeaders as received, secrets as {@code ***}
 * @param bodyExcerpt the first 2,000 characters of the answer
 * @param addresses the addresses connected or tried
 */
public record Evidence(
    @Nullable String request,
    Map<String, String> requestHeaders,
    @Nullable String response,
    Map<String, String> responseHeaders,
    @Nullable String bodyExcerpt,
    List<String> addresses,
    @Nullable Certificate certificate) {

  /** The certificate that the target showed. */
  public record Certificate(
      String subject, String issuer, Instant notBefore, Instant notAfter, List<String> names) {}

  /** Nothing was learned. */
  public static final Evidence NONE =
      new Evidence(null, Map.of(), null, Map.of(), null, List.of(), null);
}
