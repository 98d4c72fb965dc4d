package io.serversence.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the spool in their order, of which the last is written and the first is read. The
 * samples of the oldest can be taken out: what is left is written beside it, made durable, and then
 * takes its place by its name. One thread uses it; any may ask for the size.
 */
final class SpoolSegments implements AutoCloseable {
  private static final String UNDONE = "spool-undone";

  /** What is left of a segment is gathered up to this many characters before it is written. */
  private static final int GATHERED = 1 << 20;

  private final Path folder;
  private final long size;
  private final Deque<SpoolSegment> segments = new ArrayDeque<>();
  private volatile long bytes;

  /** Tells what is to be kept of a batch. */
  interface Strip {
    /** The batch, null if it is damaged, without its samples; null if nothing is left. */
    @Nullable String of(@Nullable String batch);
  }

  /**
   * Opens what is there.
   *
   * @param size of a segment in bytes, which its last batches may go beyond
   */
  SpoolSegments(Path folder, long size) throws IOException {
    this.folder = folder;
    this.size = size;
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(UNDONE));
    try {
      for (Path path : newest()) {
        SpoolSegment segment = new SpoolSegment(path, range(path), false);
        segments.addLast(segment);
        if (segment.end() == 0) {
          segments.removeLast();
          segment.delete();
        }
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    count();
  }

  /** The files that count, oldest first; deletes those that another has replaced. */
  private List<Path> newest() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(f -> SpoolSegment.Range.of(f) != null).toList();
    }
    List<Path> counting = new ArrayList<>();
    for (Path path : all) {
      if (all.stream().anyMatch(other -> replaces(other, path))) {
        Files.delete(path);
      } else {
        counting.add(path);
      }
    }
    counting.sort(Comparator.comparingLong(p -> range(p).first()));
    return counting;
  }

  private static boolean replaces(Path other, Path path) {
    boolean same = range(other).equals(range(path));
    return !other.equals(path)
        && range(other).covers(range(path))
        && (!same || other.toString().length() > path.toString().length()); // spool-0-0 for spool
  }

  private static SpoolSegment.Range range(Path path) {
    SpoolSegment.Range range = SpoolSegment.Range.of(path);
    if (range == null) {
      throw new IllegalArgumentException(path + " is no segment of a spool");
    }
    return range;
  }

  /** The oldest, or null if nothing is spooled. */
  @Nullable SpoolSegment head() {
    return segments.peekFirst();
  }

  /** Makes batches durable, all or none. */
  void append(List<String> batches) throws IOException {
    SpoolSegment tail = segments.peekLast();
    if (tail == null || tail.end() >= size) {
      long number = tail == null ? 1 : tail.range().last() + 1;
      SpoolSegment.Range range = new SpoolSegment.Range(number, number);
      tail = new SpoolSegment(range.in(folder), range, false);
      segments.addLast(tail);
    }
    tail.stripped(false);
    tail.append(batches);
    count();
  }

  /** Forgets the oldest. */
  void removeHead() throws IOException {
    segments.removeFirst().delete();
    BatchFile.forceFolder(folder);
    count();
  }

  /**
   * Takes the samples out of the oldest segment that may have some, and joins what is left with the
   * one before it while that is small. If the disk does not take it, everything is as before.
   *
   * @return false if none has samples
   */
  boolean strip(Strip strip) throws IOException {
    SpoolSegment before = null;
    SpoolSegment found = null;
    for (SpoolSegment segment : segments) {
      if (!segment.stripped()) {
        found = segment;
        break;
      }
      before = segment;
    }
    if (found == null) {
      return false;
    }
    SpoolSegment joined = before != null && before.end() < size / 2 ? before : null;
    SpoolSegment first = joined == null ? found : joined;
    SpoolSegment.Range range = first.to(found);
    Path undone = folder.resolve(UNDONE);
    Files.deleteIfExists(undone);
    boolean empty;
    try (BatchFile left = new BatchFile(undone)) {
      if (joined != null) {
        copy(joined, left, batch -> batch);
      }
      copy(found, left, strip);
      empty = left.end() == 0;
    }
    replace(joined, found, range, empty ? null : undone);
    return true;
  }

  private static void copy(SpoolSegment from, BatchFile to, Strip strip) throws IOException {
    List<String> left = new ArrayList<>();
    int length = 0;
    BatchFile.Batch batch;
    for (long position = from.done(); position < from.end(); position = batch.next()) {
      batch = from.read(position);
      String kept = strip.of(batch.text());
      if (kept != null) {
        left.add(kept);
        length += kept.length();
      }
      if (length >= GATHERED) {
        to.append(left);
        left.clear();
        length = 0;
      }
    }
    to.append(left);
  }

  /** Its steps are in the order that a crash between them needs. */
  private void replace(
      @Nullable SpoolSegment joined,
      SpoolSegment found,
      SpoolSegment.Range range,
      @Nullable Path left)
      throws IOException {
    SpoolSegment instead = null;
    if (left != null) {
      Path path = range.in(folder);
      Files.move(left, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      BatchFile.forceFolder(folder);
      instead = new SpoolSegment(path, range, true);
    }
    List<SpoolSegment> now = new ArrayList<>();
    for (SpoolSegment segment : segments) {
      if (segment == found && instead != null) {
        now.add(instead);
      } else if (segment != found && segment != joined) {
        now.add(segment);
      }
    }
    segments.clear();
    segments.addAll(now);
    count();
    for (SpoolSegment old : joined == null ? List.of(found) : List.of(joined, found)) {
      old.close();
      if (instead == null || !old.path().equals(instead.path())) {
        old.delete();
      }
    }
  }

  /** The bytes of all, those of {@link #stripped} among them. */
  long bytes() {
    return bytes;
  }

  /** The bytes of those without samples. */
  long stripped() {
    return segments.stream().filter(SpoolSegment::stripped).mapToLong(SpoolSegment::end).sum();
  }

  private void count() {
    bytes = segments.stream().mapToLong(SpoolSegment::end).sum();
  }

  @Override
  public void close() throws IOException {
    for (SpoolSegment segment : segments) {
      segment.close();
    }
  }
}
