package io.serversence.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.serversence.monitor.Auth;
import io.serversence.monitor.SecretHeaders;
import io.serversence.monitor.Target;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of an HTTP server: one request, before it is written. Immutable. */
record Ask(
    HttpUrl url,
    String method,
    Map<String, String> headers,
    @Nullable String body,
    @Nullable Auth auth) {
  private static final Set<String> REPEATABLE =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final String AGENT = "ServerSence/" + version();

  private static String version() {
    String version = Ask.class.getPackage().getImplementationVersion();
    return version == null ? "1" : version;
  }

  static Ask of(Target.Http target) {
    return new Ask(
        HttpUrl.of(target.url()), target.method(), target.headers(), target.body(), target.auth());
  }

  /** True if a request may be sent twice without harm (RFC 9110, section 9.2.2). */
  boolean repeatable() {
    return REPEATABLE.contains(method);
  }

  /**
   * The request after a redirect, with the method as browsers have it (Fetch, HTTP-redirect fetch):
   * 303 makes it GET, 301 and 302 do so with POST. Secrets, and a Host of one's own, go to no other
   * scheme, host or port, and once left out they stay so.
   */
  Ask redirected(int status, HttpUrl to) {
    boolean get =
        status == 303
            ? !method.equals("GET") && !method.equals("HEAD")
            : (status == 301 || status == 302) && method.equals("POST");
    boolean away = !url.sameOrigin(to);
    Map<String, String> left = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          boolean ofBody = get && lower.startsWith("content-");
          boolean ofHost = away && (lower.equals("host") || SecretHeaders.contains(lower));
          if (!ofBody && !ofHost) {
            left.put(name, value);
          }
        });
    return new Ask(to, get ? "GET" : method, left, get ? null : body, away ? null : auth);
  }

  /** The request as it is sent. */
  FullHttpRequest request() {
    ByteBuf content =
        body == null
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
    HttpHeaders all = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    all.set(HttpHeaderNames.HOST, url.authority());
    all.set(HttpHeaderNames.USER_AGENT, AGENT);
    all.set(HttpHeaderNames.ACCEPT, "*/*");
    all.set(HttpHeaderNames.ACCEPT_ENCODING, "gzip, deflate");
    headers.forEach(all::set);
    if (auth != null) {
      all.set(HttpHeaderNames.AUTHORIZATION, authorization(auth));
    }
    if (body != null || WITH_BODY.contains(method)) {
      all.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    }
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.valueOf(method),
        url.path(),
        content,
        all,
        DefaultHttpHeadersFactory.trailersFactory().newHeaders());
  }

  private static String authorization(Auth auth) {
    if (auth instanceof Auth.Basic basic) {
      byte[] pair = (basic.username() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
    return auth instanceof Auth.Bearer bearer ? "Bearer " + bearer.token() : "";
  }
}
