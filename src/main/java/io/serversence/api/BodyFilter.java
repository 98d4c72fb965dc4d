package io.serversence.api;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many threads wait for bodies of requests: JAX-RS reads by blocking, and Undertow even
 * waits for bodies that nobody wants, so that a few dozen clients that send half of one would take
 * all threads. A few bodies are read by a thread that waits, as is usual; while these are taken,
 * others are read without one. Holds for every path and every caller. A request that was read
 * without a thread comes by here again, as do all other filters of ours. It stands in web.xml,
 * whose filters come before those that say by themselves where they belong: these answer some
 * requests.
 */
public class BodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int SMALL = 8 * 1024;

  @Inject transient PendingBodies bodies;

  @SuppressWarnings("NullAway.Init") // CDI sets the bodies
  public BodyFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(PendingBody.NAME) instanceof PendingBody body) {
      request.removeAttribute(PendingBody.NAME);
      if (body.onward().take()) {
        try {
          goOn(body, request, response, chain);
        } finally {
          bodies.release(body);
        }
      }
    } else if (request.getDispatcherType() != DispatcherType.REQUEST
        || !hasBody(request)
        || isThere(request)
        || (!request.isAsyncSupported() && !PendingBody.canClose(request))) {
      chain.doFilter(request, response);
    } else if (isUnwanted(request)) {
      closeAfter(request, response);
      chain.doFilter(
          new ReceivedRequest(
              request,
              RequestTarget.of(request),
              new byte[0],
              Math.max(0, request.getContentLengthLong())),
          response);
    } else if (bodies.mayWait()) {
      HttpServletRequest received = waitFor(request);
      if (received == null) {
        refuseBroken(request, response);
      } else {
        passOn(received, request, response, chain);
      }
    } else {
      readLater(request);
    }
  }

  /** The request with its body; null if the client has gone, or sent what is no body. */
  private @Nullable HttpServletRequest waitFor(HttpServletRequest request) {
    try {
      return ReceivedRequest.read(request);
    } catch (IOException e) {
      bodies.broke();
      return null;
    } finally {
      bodies.waited();
    }
  }

  private static void refuseBroken(HttpServletRequest request, HttpServletResponse response) {
    closeAfter(request, response);
    try {
      ServletAnswer.problem(response, 400, "the body did not arrive as a whole");
    } catch (IOException e) {
      response.setStatus(400); // there is nobody to read it
    }
  }

  private static void passOn(
      HttpServletRequest received,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (received.getContentLengthLong() > PendingBody.MOST_DISCARDED) {
      closeAfter(request, response);
    }
    chain.doFilter(received, response);
  }

  private static boolean hasBody(HttpServletRequest request) throws IOException {
    if (PendingBody.canClose(request)) {
      return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }
    ServletInputStream in = request.getInputStream(); // HTTP/2: whatever method and headers say
    return in.available() > 0 || !in.isFinished();
  }

  private static boolean isThere(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    return PendingBody.canClose(request) // an HTTP/2 stream may go on after that
        && length > 0
        && length <= SMALL
        && request.getInputStream().available() >= length;
  }

  /** Those that are refused whatever is in them, and those of paths where nothing reads them. */
  private static boolean isUnwanted(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return PendingBody.canClose(request)
        && (!request.isAsyncSupported()
            || RequestLine.fault(request) != null
            || length > PendingBody.MOST_DISCARDED
            || (length > Body.MOST && request.getHeader("Expect") != null));
  }

  private void readLater(HttpServletRequest request) throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(0); // Payara's would go on to run when all is there
    PendingBody body = new PendingBody(bodies, request, context);
    request.setAttribute(PendingBody.NAME, body);
    body.open();
  }

  private static void goOn(
      PendingBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    PendingBody.End end = body.end();
    if (end != PendingBody.End.READ) {
      closeAfter(request, response);
    }
    if (end == null || end == PendingBody.End.GONE) {
      response.setStatus(400); // without a text, as there is nobody to read it
      return;
    }
    switch (end) {
      case READ, CUT -> chain.doFilter(body.received(request), response);
      case LATE -> ServletAnswer.problem(response, 408, "the body did not arrive in time");
      case CROWDED -> {
        response.setHeader("Retry-After", "1");
        ServletAnswer.problem(response, 503, "too many requests are being read");
      }
      case GONE -> {}
    }
  }

  /** Else the rest of the body is waited for. */
  private static void closeAfter(HttpServletRequest request, HttpServletResponse response) {
    if (PendingBody.canClose(request)) {
      response.setHeader("Connection", "close");
    }
  }
}
