package io.serversence.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names that look like settings and are none, which would be silent defaults: a misspelt egress
 * policy leaves everything open. They do not stop the start, since they may be meant for others.
 */
public final class UnknownSettings {
  private static final String PROPERTY = "serversence.";
  private static final String VARIABLE = "SERVERSENCE_";

  private UnknownSettings() {}

  /**
   * What to warn of, a line for each name, without its value.
   *
   * @param properties the names of all system properties
   * @param variables the names of all variables of the environment
   * @param known the settings, without the prefix, such as {@code db.url}
   * @param used variables that the configuration file names, which may be called as they like
   */
  public static List<String> warnings(
      Collection<String> properties,
      Collection<String> variables,
      Set<String> known,
      Set<String> used) {
    Map<String, String> settings = new TreeMap<>(); // as variables, with their names as properties
    known.forEach(name -> settings.put(Settings.environmentName(name), PROPERTY + name));
    List<String> warnings = new ArrayList<>();
    for (String given : properties.stream().filter(n -> n.startsWith(PROPERTY)).sorted().toList()) {
      String variable = variable(given);
      if (!settings.containsValue(given) && !used.contains(variable)) {
        String near = near(variable, settings.keySet());
        warnings.add(warning(given, near == null ? null : settings.get(near)));
      }
    }
    for (String given : variables.stream().filter(n -> n.startsWith(VARIABLE)).sorted().toList()) {
      if (!settings.containsKey(given) && !used.contains(given)) {
        warnings.add(warning(given, near(given, settings.keySet())));
      }
    }
    return warnings;
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static String warning(String given, @Nullable String near) {
    return given + " is no setting" + (near == null ? "" : "; is " + near + " meant?");
  }

  /** The name that a few slips of the keyboard make of it, or null if none is that near. */
  private static @Nullable String near(String given, Set<String> names) {
    int most = Math.max(1, (given.length() - VARIABLE.length()) / 4);
    return names.stream()
        .filter(name -> slips(given, name) <= most)
        .min(Comparator.comparingInt(name -> slips(given, name)))
        .orElse(null);
  }

  /** The distance of Levenshtein: how many characters to add, to leave out or to change. */
  private static int slips(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
