package io.serversence.api;

import io.serversence.access.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The last touch to answers: headers that keep them out of caches and from being taken for anything
 * else, the challenge of a 401, and gzip for JSON of 1 KiB and more. Streams do not come by here as
 * bytes, so that they are never compressed.
 */
@Provider
@ApplicationScoped
public class AnswerFilter implements ContainerResponseFilter {
  private static final int WORTH_IT = 1024;

  @Inject PublicAddress address;

  @SuppressWarnings("NullAway.Init") // CDI sets the address
  public AnswerFilter() {}

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle("Referrer-Policy", "same-origin");
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    if (response.getStatus() == 401 && !byScript(request)) {
      headers.putSingle(
          HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"ServerSence\", charset=\"UTF-8\"");
    }
    if (isJson(response.getMediaType())
        && response.getEntity() instanceof byte[] bytes
        && bytes.length >= WORTH_IT) {
      headers.putSingle(HttpHeaders.VARY, vary()); // in place of the one of CorsFilter
      if (acceptsGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
        headers.putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
        response.setEntity(gzip(bytes));
      }
    }
  }

  private String vary() {
    return address.origins().isEmpty()
        ? HttpHeaders.ACCEPT_ENCODING
        : HttpHeaders.ACCEPT_ENCODING + ", Origin";
  }

  /** A browser would open its own login dialog over the page for a challenge to its script. */
  private static boolean byScript(ContainerRequestContext request) {
    return request.getHeaderString("Sec-Fetch-Mode") != null
        || request.getHeaderString("X-Requested-With") != null;
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type != null && type.getSubtype().endsWith("json");
  }

  static boolean acceptsGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] coding = part.strip().split("\\s*;\\s*", -1);
      boolean on = coding.length < 2 || !coding[1].matches("q\\s*=\\s*0(\\.0*)?");
      if (coding[0].equals("gzip")) {
        return on;
      }
      any |= coding[0].equals("*") && on;
    }
    return any;
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 4096)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
