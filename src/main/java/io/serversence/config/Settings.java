package io.serversence.config;

import io.serversence.document.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings as they were given: a system property {@code serversence.x.y}, else the
 * environment's {@code SERVERSENCE_X_Y}, else the YAML file's {@code settings}, else nothing.
 * Immutable.
 */
public final class Settings {
  private static final String PREFIX = "serversence.";
  private static final String VARIABLE = "SERVERSENCE_";

  private final Function<String, @Nullable String> properties;
  private final Function<String, @Nullable String> environment;
  private final Map<String, String> file;

  public Settings(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment,
      Map<String, String> file) {
    this.properties = properties;
    this.environment = environment;
    this.file = Map.copyOf(file);
  }

  /** The settings of this process, without a file. */
  public static Settings ofProcess() {
    return new Settings(System::getProperty, System::getenv, Map.of());
  }

  /** The same, with what a file says for the rest. */
  public Settings with(Map<String, String> settingsOfFile) {
    return new Settings(properties, environment, settingsOfFile);
  }

  /** The name of a setting as the environment has it, for messages. */
  public static String environmentName(String name) {
    return (PREFIX + name).toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /**
   * The value of a setting, or null where none was given; a blank one counts as not given.
   *
   * @param name without the prefix, such as {@code db.url}
   */
  public @Nullable String text(String name) {
    String value = properties.apply(PREFIX + name);
    if (value == null) {
      value = environment.apply(environmentName(name));
    }
    if (value == null) {
      value = file.get(name);
    }
    return value == null || value.isBlank() ? null : value;
  }

  /**
   * A variable as a configuration file may name it: of the environment, where a system property
   * wins for those that are settings.
   */
  public @Nullable String variable(String name) {
    String property =
        name.startsWith(VARIABLE)
            ? properties.apply(name.toLowerCase(Locale.ROOT).replace('_', '.'))
            : null;
    return property == null ? environment.apply(name) : property;
  }

  /** The parts of a list with commas, without the blank ones. */
  public List<String> list(String name) {
    String text = text(name);
    return text == null
        ? List.of()
        : Stream.of(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
  }

  /** A whole number from {@code min} to {@code max}. */
  public int integer(String name, int otherwise, int min, int max) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw new InvalidSetting(name, "must be a whole number from " + min + " to " + max);
  }

  /** A duration such as {@code 15s}. */
  public Duration duration(String name, Duration otherwise, Duration min, Duration max) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    Duration value = Durations.parse(text.strip());
    if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidSetting(
          name,
          "must be a duration from "
              + Durations.format(min)
              + " to "
              + Durations.format(max)
              + ", such as 15s");
    }
    return value;
  }
}
