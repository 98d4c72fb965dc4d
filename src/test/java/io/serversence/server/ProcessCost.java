package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has cost so far, as Linux tells it. */
record ProcessCost(Duration cpu, long rssKib) {
  /** Linux counts in hundredths of a second on every machine that Java runs on. */
  private static final long TICK_MS = 10;

  static ProcessCost of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // the name, in parentheses, may hold blanks
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      long rss =
          Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow();
      return new ProcessCost(Duration.ofMillis(ticks * TICK_MS), rss);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
