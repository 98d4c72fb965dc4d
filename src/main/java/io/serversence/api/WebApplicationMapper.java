package io.serversence.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What JAX-RS itself refuses, such as unknown paths and methods: its status, as a problem. */
@Provider
public class WebApplicationMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException e) {
    Response given = e.getResponse();
    int status = given.getStatus();
    if (status < 400) {
      return given;
    }
    if (Problem.TYPE.equals(given.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
      return given;
    }
    Response problem = Problem.of(status, detail(status));
    Object allow = given.getHeaders().getFirst(HttpHeaders.ALLOW);
    return allow == null
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allow).build();
  }

  static String detail(int status) {
    return switch (status) {
      case 404 -> "there is nothing at this path";
      case 405 -> "this path has no such method";
      case 406 -> "the answer is not available in any form that the Accept header names";
      case 415 -> "a body of this content type is not understood";
      default -> "the request cannot be answered";
    };
  }
}
