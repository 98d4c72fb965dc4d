package io.serversence.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body is in memory. */
final class ReceivedRequest extends HttpServletRequestWrapper {
  private static final int PIECE = 8192;

  private final RequestTarget target;
  private final long length;
  private final Bytes stream;

  /**
   * @param length of the body, of which those bytes may be less than all
   */
  ReceivedRequest(HttpServletRequest request, RequestTarget target, byte[] bytes, long length) {
    super(request);
    this.target = target;
    this.length = length;
    this.stream = new Bytes(bytes);
  }

  /**
   * Waits until the body is there, or more of it than is worth reading where the connection can be
   * closed.
   *
   * @throws IOException if it does not come as a whole
   */
  static HttpServletRequest read(HttpServletRequest request) throws IOException {
    RequestTarget target = RequestTarget.of(request);
    InputStream in = request.getInputStream();
    byte[] bytes = in.readNBytes(Body.MOST + 1);
    long length = bytes.length;
    byte[] piece = new byte[PIECE];
    boolean closes = PendingBody.canClose(request); // else the rest is waited for anyway
    while (length > Body.MOST && (length <= PendingBody.MOST_DISCARDED || !closes)) {
      int count = in.read(piece);
      if (count < 0) {
        break;
      }
      length += count;
    }
    return new ReceivedRequest(request, target, bytes, length);
  }

  @Override
  public ServletInputStream getInputStream() {
    return stream;
  }

  @Override
  public BufferedReader getReader() throws UnsupportedEncodingException {
    String encoding = getCharacterEncoding();
    return new BufferedReader(
        encoding == null
            ? new InputStreamReader(stream, StandardCharsets.UTF_8)
            : new InputStreamReader(stream, encoding));
  }

  @Override
  public int getContentLength() {
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  @Override
  public long getContentLengthLong() {
    return length;
  }

  @Override
  public String getRequestURI() {
    return target.uri();
  }

  @Override
  @SuppressWarnings("JdkObsolete") // the Servlet API has it so
  public StringBuffer getRequestURL() {
    return new StringBuffer(target.url());
  }

  @Override
  public @Nullable String getQueryString() {
    return target.query();
  }

  @Override
  public String getServletPath() {
    return target.servletPath();
  }

  @Override
  public @Nullable String getPathInfo() {
    return target.pathInfo();
  }

  private static final class Bytes extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Bytes(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int count) {
      return bytes.read(buffer, offset, count);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body has been read");
    }
  }
}
