package io.serversence.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where among the claims of a provider something is told: a name such as {@code groups}, or names
 * one within the other, such as {@code realm_access.roles}. A claim whose own name has dots, such
 * as {@code https://sso.example/groups}, is found too, and comes first. Immutable.
 */
public final class ClaimPath {
  private static final int LONGEST = 200;

  private final String text;
  private final List<String> names;

  private ClaimPath(String text, List<String> names) {
    this.text = text;
    this.names = names;
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static ClaimPath parse(String text) {
    String plain = text.strip();
    List<String> names = List.of(plain.split("\\.", -1));
    if (plain.length() > LONGEST || names.contains("")) {
      throw new IllegalArgumentException(
          "must be the name of a claim, such as groups or realm_access.roles");
    }
    return new ClaimPath(plain, names);
  }

  /** The text there, or the texts of a list; empty where there is nothing else. */
  Set<String> texts(Map<?, ?> claims) {
    Set<String> texts = new LinkedHashSet<>();
    Object found = find(claims, 0);
    for (Object value : found instanceof Collection<?> many ? many : List.of(found)) {
      if (value instanceof String one && !one.isBlank()) {
        texts.add(one);
      }
    }
    return texts;
  }

  /** What stands at the names from an index on; an empty list for nothing. */
  private Object find(Map<?, ?> claims, int from) {
    for (int to = names.size(); to > from; to--) {
      Object value = claims.get(String.join(".", names.subList(from, to)));
      Object found = value(value, to);
      if (found != null) {
        return found;
      }
    }
    return List.of();
  }

  private @Nullable Object value(@Nullable Object value, int to) {
    if (to == names.size()) {
      return value;
    }
    Object inner = value instanceof Map<?, ?> map ? find(map, to) : List.of();
    return inner.equals(List.of()) ? null : inner;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClaimPath path && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
