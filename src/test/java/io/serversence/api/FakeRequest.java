package io.serversence.api;

import io.serversence.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request put together by hand; what was not said is not there. */
final class FakeRequest {
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private @Nullable String query;
  private String uri = "/api/x";

  FakeRequest header(String name, String... values) {
    headers.put(name.toLowerCase(Locale.ROOT), List.of(values));
    return this;
  }

  FakeRequest caller(Caller caller) {
    attributes.put(IdentifyFilter.CALLER, caller);
    return this;
  }

  FakeRequest query(String raw, String... known) {
    query = raw;
    attributes.put(RoleFeature.PARAMETERS, Set.of(known));
    return this;
  }

  FakeRequest uri(String path) {
    uri = path;
    return this;
  }

  /** The request as JAX-RS injects it. */
  Asked asked() {
    Asked asked = new Asked();
    asked.request = servlet();
    return asked;
  }

  static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  HttpServletRequest servlet() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "getQueryString" -> query;
                  case "getRequestURI" -> uri;
                  case "getContextPath" -> "";
                  case "getContentLengthLong" -> -1L;
                  case "getHeader" ->
                      values((String) arguments[0]).stream().findFirst().orElse(null);
                  case "getHeaders" -> Collections.enumeration(values((String) arguments[0]));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<String> values(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
