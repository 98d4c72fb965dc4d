package io.serversence.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document that cannot be accepted as it is; carries every fault that was found, at least one.
 */
public final class InvalidDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  public InvalidDocument(List<FieldError> errors) {
    super(
        errors.stream()
            .map(e -> e.field().isEmpty() ? e.message() : e.field() + ": " + e.message())
            .collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  public InvalidDocument(String field, String message) {
    this(List.of(new FieldError(field, message)));
  }

  public List<FieldError> errors() {
    return errors;
  }
}
