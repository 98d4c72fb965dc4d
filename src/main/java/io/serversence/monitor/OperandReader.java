package io.serversence.monitor;

import io.serversence.monitor.Reading.Function;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one side of a condition. Whatever would silently never be seen is refused. */
final class OperandReader {
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z]+\\(\\s*\\[.*\\)");
  private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+]?\\.?[0-9]");
  private static final Pattern NAME_IN_BRACKETS = Pattern.compile("\\[[A-Za-z_]{2,}\\].*");
  private static final List<String> NOT_OBSERVED =
      List.of("DOMAIN_EXPIRATION", "DNS_RCODE", "CONTEXT");

  private final Operator operator;
  private final boolean stored;

  /**
   * A reader.
   *
   * @param stored whether numbers that cannot be read are let pass
   */
  OperandReader(Operator operator, boolean stored) {
    this.operator = operator;
    this.stored = stored;
  }

  /**
   * Reads the part of a condition from {@code from} to {@code to}.
   *
   * @throws ConditionSyntaxException if it is a function or a placeholder that cannot be
   */
  Operand read(String condition, int from, int to) throws ConditionSyntaxException {
    int at = from;
    while (at < to && GoText.isSpace(condition.charAt(at))) {
      at++;
    }
    String text = GoText.trim(condition.substring(at, to));
    if (text.startsWith("len(")) {
      return function(text, Function.LENGTH, at);
    }
    if (text.startsWith("has(")) {
      return function(text, Function.PRESENCE, at);
    }
    if (text.startsWith("pat(")) {
      String glob = inner(text, at);
      return new Operand.Pattern(text, Value.of(glob), Glob.parse(glob, at + 4));
    }
    if (text.startsWith("any(")) {
      String options = inner(text, at);
      return new Operand.Choice(
          text,
          Value.of(options),
          Arrays.stream(options.split(",", -1)).map(GoText::trim).toList());
    }
    if (FUNCTION.matcher(text).matches()) {
      throw new ConditionSyntaxException(
          "there is no function " + text.substring(0, text.indexOf('(')) + "()", at);
    }
    Reading reading = placeholder(text, text, Function.ITSELF, at);
    if (reading != null) {
      return reading;
    }
    Operand.Literal literal = Operand.Literal.of(text);
    if (operator.bySize() && !stored && isUnreadable(literal)) {
      throw new ConditionSyntaxException(
          GoText.cut(text, 30) + " is neither a number nor a duration such as 48h or 30d", at);
    }
    return literal;
  }

  /**
   * True if this looks like a number and is none. Gatus takes it for 0, and a certificate always
   * lasts longer than that.
   */
  static boolean isUnreadable(Operand operand) {
    return operand instanceof Operand.Literal literal
        && LIKE_A_NUMBER.matcher(literal.text()).lookingAt()
        && !literal.value().hasSize();
  }

  /** True if this looks as if it were meant to be a placeholder. */
  static boolean isUnknown(Operand operand) {
    return operand instanceof Operand.Literal literal
        && NAME_IN_BRACKETS.matcher(literal.text()).matches();
  }

  private String inner(String text, int at) throws ConditionSyntaxException {
    if (operator.bySize()) {
      throw new ConditionSyntaxException(text.substring(0, 3) + "() works only with == and !=", at);
    }
    return closed(text, at);
  }

  private static String closed(String text, int at) throws ConditionSyntaxException {
    if (!text.endsWith(")")) {
      throw new ConditionSyntaxException(
          text.substring(0, 4) + " is not closed by )", at + text.length());
    }
    return text.substring(4, text.length() - 1);
  }

  private static Reading function(String text, Function function, int at)
      throws ConditionSyntaxException {
    String inner = closed(text, at);
    String trimmed = GoText.trim(inner);
    int start = at + 4 + inner.indexOf(trimmed);
    Reading reading = placeholder(text, trimmed, function, start);
    if (reading == null) {
      throw new ConditionSyntaxException(
          text.substring(0, 3) + "() takes a placeholder such as [BODY].items", start);
    }
    return reading;
  }

  private static @Nullable Reading placeholder(
      String text, String written, Function function, int at) throws ConditionSyntaxException {
    int close = written.indexOf(']');
    if (close < 0 || !written.startsWith("[")) {
      return null;
    }
    String name = written.substring(1, close).toUpperCase(Locale.ROOT);
    if (NOT_OBSERVED.contains(name)) {
      throw new ConditionSyntaxException("[" + name + "] cannot be observed by this version", at);
    }
    for (Placeholder placeholder : Placeholder.values()) {
      if (placeholder.name().equals(name)) {
        String rest = written.substring(close + 1);
        return reading(text, function, placeholder, rest, at + close + 1);
      }
    }
    return null;
  }

  private static Reading reading(
      String text, Function function, Placeholder placeholder, String rest, int at)
      throws ConditionSyntaxException {
    return switch (placeholder) {
      case BODY ->
          new Reading(text, function, placeholder, rest.isEmpty() ? null : path(rest, at), "");
      case HEADER -> {
        if (!rest.startsWith(".") || !HEADER_NAME.matcher(rest.substring(1)).matches()) {
          throw new ConditionSyntaxException(
              "[HEADER] needs the name of a header, such as [HEADER].Content-Type", at);
        }
        yield new Reading(text, function, placeholder, null, rest.substring(1));
      }
      case STATUS, RESPONSE_TIME, IP, CONNECTED, CERTIFICATE_EXPIRATION -> {
        if (!rest.isEmpty()) {
          throw new ConditionSyntaxException("nothing may follow [" + placeholder + "]", at);
        }
        yield new Reading(text, function, placeholder, null, "");
      }
    };
  }

  private static JsonPath path(String rest, int at) throws ConditionSyntaxException {
    boolean dotted = rest.startsWith(".");
    if ((!dotted && !rest.startsWith("[")) || rest.length() == 1) {
      throw new ConditionSyntaxException("a path such as .status or [0] must follow [BODY]", at);
    }
    for (String later : List.of("[*]", "#(")) { // of newer versions of Gatus
      if (rest.contains(later)) {
        throw new ConditionSyntaxException(
            later + " is not supported in a path", at + rest.indexOf(later));
      }
    }
    return JsonPath.parse(dotted ? rest.substring(1) : rest);
  }
}
