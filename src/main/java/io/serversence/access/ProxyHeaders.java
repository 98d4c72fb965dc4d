package io.serversence.access;

import org.jspecify.annotations.Nullable;

/**
 * The headers in which a proxy that has signed people in says who they are.
 *
 * @param user the header with the name, or null where no proxy signs anybody in
 * @param groups the header with the groups, separated by commas, or null where none tells
 */
public record ProxyHeaders(@Nullable String user, @Nullable String groups) {
  public static final ProxyHeaders NONE = new ProxyHeaders(null, null);
}
