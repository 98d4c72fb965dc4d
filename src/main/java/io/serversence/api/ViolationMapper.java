package io.serversence.api;

import io.serversence.document.FieldError;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** 400 for Bean Validation, which a server would answer with a page of its own. */
@Provider
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {
  @Override
  public Response toResponse(ConstraintViolationException e) {
    List<FieldError> errors =
        e.getConstraintViolations().stream()
            .map(v -> new FieldError(String.valueOf(v.getPropertyPath()), v.getMessage()))
            .toList();
    return Problem.of(400, "the input is not valid", errors);
  }
}
