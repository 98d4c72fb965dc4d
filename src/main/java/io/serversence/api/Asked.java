package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request, as the resources see it; a JAX-RS bean parameter. */
public class Asked {
  @Context HttpServletRequest request;

  @SuppressWarnings("NullAway.Init") // JAX-RS injects the request
  public Asked() {}

  Caller caller() {
    return request.getAttribute(IdentifyFilter.CALLER) instanceof Caller caller
        ? caller
        : new Caller(null, null, false);
  }

  /** Who is named in timelines and audit. */
  String actor() {
    String name = caller().name();
    return name == null ? "anonymous" : name;
  }

  /** The query's parameters, of which only those declared by {@link Operation} may be there. */
  Query query() {
    Set<?> known = request.getAttribute(RoleFeature.PARAMETERS) instanceof Set<?> s ? s : Set.of();
    return new Query(request.getQueryString(), known);
  }

  Body body(InputStream stream) {
    return new Body(stream, request);
  }

  IfMatch ifMatch() {
    return new IfMatch(request.getHeader("If-Match"));
  }

  /**
   * The address of the application, without a slash at its end: the public one if it is configured,
   * else as this request saw it.
   */
  String base(PublicAddress address) {
    return ServletAnswer.base(address, request);
  }

  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  boolean secure() {
    return request.isSecure();
  }

  /** Where the application's paths begin, at least a slash. */
  String contextPath() {
    return request.getContextPath().isEmpty() ? "/" : request.getContextPath();
  }

  Instant now() {
    return Instant.now();
  }
}
