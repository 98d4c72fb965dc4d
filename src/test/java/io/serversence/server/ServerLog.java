package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a server has said on its standard output and error, over all its starts. */
final class ServerLog {
  /** A date or a time, after the codes of a colour if there are any. */
  private static final Pattern BEGIN =
      Pattern.compile("^(\u001b\\[[0-9;]*m)*(\\d{4}-\\d\\d-\\d\\dT)?\\d\\d:\\d\\d:\\d\\d");

  private static final Pattern FRAME = Pattern.compile("\\s+(at \\S+\\(|\\.\\.\\. \\d+)");
  private static final int FRAMES_TOLD = 3;

  private final Path file;
  private final ServerKind kind;

  ServerLog(Path file, ServerKind kind) {
    this.file = file;
    this.kind = kind;
  }

  Path file() {
    return file;
  }

  List<String> lines() {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The entries that tell of something that should not happen: errors and stack traces. Of these
   * only where they begin and what caused them, so that a failed test tells all of them.
   */
  List<String> faults() {
    return entries().stream().filter(kind::isFault).map(ServerLog::inShort).toList();
  }

  private static String inShort(String entry) {
    StringBuilder told = new StringBuilder();
    int frames = 0;
    for (String line : entry.lines().toList()) {
      frames = FRAME.matcher(line).lookingAt() ? frames + 1 : 0;
      if (frames <= FRAMES_TOLD) {
        told.append(line).append('\n');
      }
    }
    return told.toString();
  }

  /** The log's entries, each with the lines that belong to it, such as a stack trace. */
  private List<String> entries() {
    List<String> entries = new ArrayList<>();
    StringBuilder entry = new StringBuilder();
    for (String line : lines()) {
      if (BEGIN.matcher(line).find() && !entry.isEmpty()) {
        entries.add(entry.toString());
        entry.setLength(0);
      }
      entry.append(line).append('\n');
    }
    entries.add(entry.toString());
    return entries;
  }

  /** Waits until a line contains a text, and returns the line. */
  String await(String text, Duration patience) {
    return Await.value(
        "the log says " + text,
        patience,
        () -> lines().stream().filter(line -> line.contains(text)).findFirst());
  }

  /** The end of it, for the message of a failure. */
  String tail() {
    List<String> lines = lines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
