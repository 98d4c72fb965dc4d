package io.serversence.config;

import io.serversence.document.InvalidDocument;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file leaves to the environment: <code>${NAME}</code>, or <code>
 * ${NAME:-otherwise}</code> where a blank or missing value has a default, as in a shell; <code>$${
 * </code> stands for <code>${</code>. A value is put into the text before YAML reads it, so that
 * quotes around the placeholder say that it is a string. Lines of comment are left alone.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?m)^[ \\t]*#.*$" // a comment, which is left alone
              + "|\\$\\$\\{"
              + "|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]{0,99})(?::-([^}\\n]*))?\\})?");

  private Placeholders() {}

  /**
   * Fills them in.
   *
   * @param values the value of a name, or null
   * @throws InvalidDocument with the line, if a name is not set or no name, or its value has
   *     control characters
   */
  static String filled(String text, UnaryOperator<@Nullable String> values) {
    StringBuilder filled = new StringBuilder(text.length());
    Matcher found = PLACEHOLDER.matcher(text);
    while (found.find()) {
      String given = found.group();
      String value = given.startsWith("${") ? value(text, found, values) : literal(given);
      found.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return found.appendTail(filled).toString();
  }

  private static String literal(String given) {
    return given.equals("$${") ? "${" : given;
  }

  private static String value(String text, Matcher found, UnaryOperator<@Nullable String> values) {
    String name = found.group(1);
    if (name == null) {
      throw fault(text, found, "${ must be followed by a name and }; write $${ for the characters");
    }
    String value = values.apply(name);
    if (value == null || value.isBlank()) {
      value = found.group(2);
    }
    if (value == null) {
      throw fault(text, found, "${" + name + "} is not set");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw fault(text, found, "${" + name + "} has a control character");
    }
    return value;
  }

  private static InvalidDocument fault(String text, Matcher found, String problem) {
    long line = 1 + text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
    return new InvalidDocument("", "line " + line + ": " + problem);
  }
}
