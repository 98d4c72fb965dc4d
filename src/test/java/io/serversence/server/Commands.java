package io.serversence.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Programs that a test runs to their end. */
final class Commands {
  private Commands() {}

  /**
   * Runs a program and returns what it said.
   *
   * @throws AssertionError if it fails or does not end in time
   */
  static String output(ProcessBuilder builder, Duration patience) throws IOException {
    Path said = Files.createTempFile("command", ".log");
    try {
      Process process = builder.redirectOutput(said.toFile()).start();
      try {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(builder.command() + " did not end: " + Files.readString(said));
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            builder.command()
                + " ended with "
                + process.exitValue()
                + ": "
                + Files.readString(said));
      }
      return Files.readString(said);
    } finally {
      Files.delete(said);
    }
  }
}
