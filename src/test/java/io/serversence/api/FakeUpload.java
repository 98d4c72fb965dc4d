package io.serversence.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A request whose body comes when a test says so. */
final class FakeUpload extends ServletInputStream {
  private final HttpServletRequest request;
  private final PendingBody body;
  private byte[] there = new byte[0];
  private int position;
  private boolean last;
  private boolean firstThreadStays;
  private int dispatched;
  private int status;
  private boolean completed;
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

  /** The last bytes, of which the container knows that they are. */
  void comesLast(byte[] bytes) throws IOException {
    last = true;
    comes(bytes);
  }

  /** The same, but the container says that all has been read before it tells of them. */
  void endsBefore(byte[] bytes) throws IOException {
    last = true;
    there = bytes;
    position = 0;
    listening().onAllDataRead();
    listening().onDataAvailable();
  }

  /** Whether the container's first thread is still on its way out of the request. */
  void firstThreadStays(boolean stays) {
    firstThreadStays = stays;
  }

  /** What was answered without a dispatch; 0 if nothing. */
  int answered() {
    return completed ? status : 0;
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
    if (last && available() == 0) {
      throw new AssertionError("Payara would call somebody back when the request is gone");
    }
    return position < there.length;
  }

  @Override
  public int available() {
    return there.length - position;
  }

  /** As on Payara, where it tells what has come in and not what was read. */
  @Override
  public boolean isFinished() {
    return last;
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
              switch (method.getName()) {
                case "dispatch" -> dispatched++;
                case "complete" -> completed = true;
                case "getResponse" -> {
                  return response();
                }
                case "setTimeout" -> {
                  if (!firstThreadStays) {
                    throw new IllegalStateException("the request has returned to the container");
                  }
                }
                default -> {}
              }
              return null;
            });
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeUpload.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setStatus")) {
                status = (int) arguments[0];
              }
              return method.getName().equals("getOutputStream") ? new Output() : null;
            });
  }

  private static final class Output extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener told) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int b) {}
  }

  @SuppressWarnings("JdkObsolete") // the Servlet API has a StringBuffer
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
                  case "getQueryString", "getHeader" -> null;
                  case "getContentLengthLong" -> -1L;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
