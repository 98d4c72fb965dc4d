package io.serversence.document;

/**
 * One fault of an input document.
 *
 * @param field the path of the field at fault, such as {@code target.url} or {@code conditions[2]};
 *     empty for the document as a whole
 * @param message what is wrong with it, in words for the person who wrote it
 */
public record FieldError(String field, String message) {}
