package io.serversence.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * The error page of every path, in place of the server's own, which tells what server it is: the
 * same problem document that JAX-RS answers. Asked for by itself, it is nothing.
 */
@WebServlet(urlPatterns = "/problem", asyncSupported = true)
public class ProblemServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    response.setHeader("X-Content-Type-Options", "nosniff");
    ServletAnswer.send(
        response,
        status,
        Problem.TYPE,
        Problem.document(status, WebApplicationMapper.detail(status), List.of()).toString());
  }
}
