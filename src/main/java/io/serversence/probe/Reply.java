package io.serversence.probe;

import org.jspecify.annotations.Nullable;

/**
 * What came back for a message that was sent out, or where a document was asked for.
 *
 * @param status the HTTP status, or null where no answer came
 * @param retryAfter the Retry-After header as it was sent, or null
 * @param text the beginning of the answer's body, at most 2,000 characters, or the whole of it
 *     where that is a document; empty where none came; or why no answer came, in words
 */
public record Reply(@Nullable Integer status, @Nullable String retryAfter, String text) {}
