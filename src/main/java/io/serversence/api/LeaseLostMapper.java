package io.serversence.api;

import io.serversence.database.LeaseLost;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** 503 from a node that has found out, while it was to write, that another one is active. */
@Provider
public class LeaseLostMapper implements ExceptionMapper<LeaseLost> {
  @Override
  public Response toResponse(LeaseLost e) {
    return Problem.of(503, "this node is not active any more; another one is");
  }
}
