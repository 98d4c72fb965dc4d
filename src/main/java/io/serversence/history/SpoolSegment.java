package io.serversence.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of the spool, named by the numbers of the segments that it stands for: {@code spool-3-7}
 * holds what is left of the third to the seventh. A name that covers another's replaces it, so that
 * a crash between the writing of the one and the deleting of the other repeats nothing. For one
 * thread.
 */
final class SpoolSegment implements AutoCloseable {
  /** The file's name in the versions that had one file only. */
  private static final String ONLY = "spool";

  private static final Pattern NAME = Pattern.compile("spool-(\\d{1,18})-(\\d{1,18})");

  private final Path path;
  private final BatchFile file;
  private final long first;
  private final long last;
  private boolean stripped;
  private long done;

  /** Which segments a file stands for. */
  record Range(long first, long last) {
    /** The range in a file's name, or null if it is no segment. */
    static @Nullable Range of(Path path) {
      String name = String.valueOf(path.getFileName());
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        return new Range(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      }
      return name.equals(ONLY) ? new Range(0, 0) : null;
    }

    Path in(Path folder) {
      return folder.resolve("spool-" + first + "-" + last);
    }

    boolean covers(Range other) {
      return first <= other.first && other.last <= last;
    }
  }

  /** Opens or creates it; what a crash tore is cut off. */
  SpoolSegment(Path path, Range range, boolean stripped) throws IOException {
    this.path = path;
    this.stripped = stripped;
    first = range.first();
    last = range.last();
    file = new BatchFile(path);
  }

  Range range() {
    return new Range(first, last);
  }

  /** The range of this one and of those between it and a later one. */
  Range to(SpoolSegment later) {
    return new Range(first, later.last);
  }

  /** Whether the samples were taken out already. */
  boolean stripped() {
    return stripped;
  }

  /** Notes that samples are no longer in it, or that they are. */
  void stripped(boolean now) {
    stripped = now;
  }

  Path path() {
    return path;
  }

  /** Where the batches begin that still count. */
  long done() {
    return done;
  }

  /** Notes that the batches before a position no longer count. */
  void done(long position) {
    done = position;
  }

  /** Its size in bytes. */
  long end() {
    return file.end();
  }

  BatchFile.Batch read(long position) throws IOException {
    return file.read(position);
  }

  void append(List<String> batches) throws IOException {
    file.append(batches);
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
