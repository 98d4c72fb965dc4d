package io.serversence.database;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:h2:file:…} or {@code jdbc:postgresql:…}; of no meaning with a JNDI name
 * @param jndi the name of a pool that the server manages, or null
 */
public record DatabaseSettings(
    String url, @Nullable String user, @Nullable String password, @Nullable String jndi) {
  private static final String H2 = "jdbc:h2:file:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** What an H2 address may carry; others can run code or weaken what is promised. */
  private static final Set<String> H2_OPTIONS =
      Set.of("write_delay", "db_close_on_exit", "cache_size", "max_compact_time", "cipher");

  /**
   * Checks and completes the settings.
   *
   * @param url null for H2 in the data folder
   * @throws IllegalArgumentException if the address is none of those supported
   */
  public static DatabaseSettings of(
      @Nullable String url,
      @Nullable String user,
      @Nullable String password,
      @Nullable String jndi,
      Path data) {
    if (jndi != null) {
      return new DatabaseSettings("", null, null, jndi);
    }
    if (url == null) {
      return new DatabaseSettings(durable(H2 + file(data)), "sa", "", null);
    }
    if (url.startsWith(POSTGRESQL)) {
      return new DatabaseSettings(url, user, password, null);
    }
    if (!url.startsWith(H2)) {
      throw new IllegalArgumentException("must begin with " + H2 + " or " + POSTGRESQL);
    }
    String[] parts = url.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String option = parts[i].replaceAll("=.*", "").toLowerCase(Locale.ROOT);
      if (!H2_OPTIONS.contains(option)) {
        throw new IllegalArgumentException("must not have the H2 option " + option);
      }
    }
    return new DatabaseSettings(
        durable(url), user == null ? "sa" : user, password == null ? "" : password, null);
  }

  /** H2 takes absolute paths only, and everything after a semicolon for options. */
  private static Path file(Path data) {
    Path file = data.toAbsolutePath().normalize().resolve("serversence");
    if (file.toString().contains(";")) {
      throw new IllegalArgumentException("the data folder must not have a semicolon in its path");
    }
    return file;
  }

  /**
   * Without a write delay of zero, H2 loses what it has acknowledged when the process is killed.
   * Its file of traces would grow by one a second in a second node that waits for the database.
   */
  private static String durable(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return url
        + (lower.contains(";write_delay=") ? "" : ";WRITE_DELAY=0")
        + (lower.contains(";db_close_on_exit=") ? "" : ";DB_CLOSE_ON_EXIT=FALSE")
        + ";TRACE_LEVEL_FILE=0";
  }

  boolean h2() {
    return url.startsWith("jdbc:h2:");
  }

  @Override
  public String toString() {
    return jndi == null
        ? "DatabaseSettings[" + url.replaceAll("[;?].*", "") + "]"
        : "DatabaseSettings[" + jndi + "]";
  }
}
