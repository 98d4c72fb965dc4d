package io.serversence.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives {@link EventsResource}, and the JAX-RS around it, an answer that ends but once. */
@WebFilter(
    urlPatterns = "/api/events",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class SingleEndFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new Ended(request), response);
  }

  private static final class Ended extends HttpServletRequestWrapper {
    private @Nullable SingleEnd context;

    private Ended(HttpServletRequest request) {
      super(request);
    }

    @Override
    public AsyncContext startAsync() {
      context = new SingleEnd(super.startAsync());
      return context;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      context = new SingleEnd(super.startAsync(request, response));
      return context;
    }

    @Override
    public AsyncContext getAsyncContext() {
      SingleEnd started = context;
      return started == null ? Objects.requireNonNull(super.getAsyncContext()) : started;
    }
  }
}
