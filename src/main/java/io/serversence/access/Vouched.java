package io.serversence.access;

import java.util.Set;

/**
 * Somebody whom a trusted party outside names: a proxy, a directory, an OpenID provider.
 *
 * @param name as that party has it, not yet checked
 * @param groups as that party has them
 */
public record Vouched(String name, Set<String> groups) {
  public Vouched {
    groups = Set.copyOf(groups);
  }
}
