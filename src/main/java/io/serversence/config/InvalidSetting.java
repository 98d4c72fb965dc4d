package io.serversence.config;

import io.serversence.document.InvalidDocument;

/** A setting or configuration file that stops the start; the message is one line that names it. */
public final class InvalidSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names a setting.
   *
   * @param name without the prefix, such as {@code db.url}
   */
  public InvalidSetting(String name, String problem) {
    super(Settings.environmentName(name) + " " + problem);
  }

  private InvalidSetting(String message) {
    super(message);
  }

  /** Says what is wrong in the configuration file, each fault with its place. */
  public static InvalidSetting inFile(String file, InvalidDocument fault) {
    return inFile(file, String.valueOf(fault.getMessage()));
  }

  /** Says what is wrong with the configuration file. */
  static InvalidSetting inFile(String file, String problem) {
    return new InvalidSetting(
        "configuration file " + file + ": " + problem.replace('\n', ' ').strip());
  }
}
