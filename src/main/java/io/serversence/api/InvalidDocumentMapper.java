package io.serversence.api;

import io.serversence.document.InvalidDocument;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** 400 with the fields at fault. */
@Provider
public class InvalidDocumentMapper implements ExceptionMapper<InvalidDocument> {
  @Override
  public Response toResponse(InvalidDocument e) {
    return Problem.of(400, String.valueOf(e.getMessage()), e.errors());
  }
}
