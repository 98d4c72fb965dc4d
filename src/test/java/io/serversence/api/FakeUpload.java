package io.serversence.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A request whose body comes when a test says so. */
final class FakeUpload extends ServletInputStream {
  private final HttpServletRequest request;
  private final PendingBody body;
  private byte[] there = new byte[0];
  private int position;
  private int dispatched;
  private @Nullable ReadListener listener;

  FakeUpload(PendingBodies bodies, String protocol) throws IOException {
    request = request(this, protocol);
    body = new PendingBody(bodies, request, context());
    body.open();
  }

  PendingBody body() {
    return body;
  }

  HttpServletRequest request() {
    return request;
  }

  int dispatched() {
    return dispatched;
  }

  void comes(byte[] bytes) throws IOException {
    there = bytes;
    position = 0;
    listening().onDataAvailable();
  }

  void ends() throws IOException {
    listening().onAllDataRead();
  }

  private ReadListener listening() {
    ReadListener told = listener;
    if (told == null) {
      throw new AssertionError("nobody listens");
    }
    return told;
  }

  @Override
  public boolean isReady() {
    return position < there.length;
  }

  @Override
  public boolean isFinished() {
    return false;
  }

  @Override
  public void setReadListener(ReadListener told) {
    listener = told;
  }

  @Override
  public int read() {
    return there[position++] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    int length = Math.min(count, there.length - position);
    System.arraycopy(there, position, buffer, offset, length);
    position += length;
    return length;
  }

  private AsyncContext context() {
    return (AsyncContext)
        Proxy.newProxyInstance(
            FakeUpload.class.getClassLoader(),
            new Class<?>[] {AsyncContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("dispatch")) {
                dispatched++;
              }
              return null;
            });
  }

  private static HttpServletRequest request(ServletInputStream stream, String protocol) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeUpload.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getInputStream" -> stream;
                  case "getProtocol" -> protocol;
                  case "getRequestURI" -> "/api/x%20y";
                  case "getRequestURL" -> new StringBuffer("http://a/api/x%20y");
                  case "getServletPath" -> "/api";
                  case "getPathInfo" -> "/x y";
                  case "getQueryString" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
