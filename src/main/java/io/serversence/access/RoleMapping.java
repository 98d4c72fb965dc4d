package io.serversence.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which groups, as somebody else's directory has them, have which role here. Immutable.
 *
 * @param rules in any order; the highest role of those that match counts
 */
public record RoleMapping(List<Rule> rules) {
  /** Nobody from outside has a role. */
  public static final RoleMapping NONE = new RoleMapping(List.of());

  /** Matches whoever has been let in, of whatever groups. */
  private static final String EVERYBODY = "*";

  /**
   * A group has a role.
   *
   * @param group compared exactly; {@code *} for everybody
   */
  public record Rule(Role role, String group) {}

  public RoleMapping {
    rules = List.copyOf(rules);
  }

  /**
   * Reads such as {@code admin=ops-admins,operator=ops,viewer=*}; a role may come again.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static RoleMapping parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      String group = equals < 0 ? "" : item.substring(equals + 1).strip();
      if (group.isEmpty()) {
        throw new IllegalArgumentException(
            "must be such as admin=ops-admins,operator=ops,viewer=*");
      }
      rules.add(new Rule(role(item.substring(0, equals).strip()), group));
    }
    return new RoleMapping(rules);
  }

  private static Role role(String word) {
    for (Role role : Role.values()) {
      if (role.word().equals(word.toLowerCase(Locale.ROOT))) {
        return role;
      }
    }
    throw new IllegalArgumentException("must name the roles viewer, operator and admin");
  }

  /** The highest role that any of the groups has; empty for none. */
  public Optional<Role> of(Collection<String> groups) {
    return rules.stream()
        .filter(rule -> rule.group().equals(EVERYBODY) || groups.contains(rule.group()))
        .map(Rule::role)
        .max(Role::compareTo);
  }
}
