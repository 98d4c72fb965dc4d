package io.serversence.history;

import io.serversence.database.DatabaseAway;
import io.serversence.database.LeaseLost;
import io.serversence.document.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the facts while the database is away: files of batches, each a JSON array in UTF-8, forced
 * to the disk before it counts. When they are full, the oldest samples go and are counted, never
 * anything else; what is not samples may go beyond the capacity. One thread writes and replays; the
 * figures may be read by any.
 */
public final class Spool implements AutoCloseable {
  /** The size of the files in bytes beyond which samples go, unless told otherwise. */
  public static final long CAPACITY = 512L << 20;

  private static final System.Logger LOG = System.getLogger(Spool.class.getName());

  /** A batch is closed beyond this many characters, so that none needs much memory to read. */
  private static final int BATCH = 1 << 20;

  /** Of so many segments the capacity is made: 16 MiB each, unless told otherwise. */
  private static final int SEGMENTS = 32;

  private final SpoolSegments segments;
  private final long capacity;
  private final long segment;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private long droppedBefore;
  private int leftOut;

  /** The spool of a data folder, with the usual capacity; throws as the other constructor. */
  public Spool(Path data) {
    this(data, CAPACITY);
  }

  /**
   * Opens the spool of a data folder, and cuts a torn tail.
   *
   * @param capacity in bytes; the last batch may go beyond it
   * @throws UncheckedIOException if the folder cannot be written
   */
  public Spool(Path data, long capacity) {
    this.capacity = capacity;
    segment = capacity / SEGMENTS;
    try {
      segments = new SpoolSegments(data, segment);
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be opened in " + data, e);
    }
  }

  /**
   * Makes facts durable; the oldest samples make room for them.
   *
   * @throws UncheckedIOException if the disk does not take them; then none is kept
   */
  public void append(List<Fact> facts) {
    List<Fact> kept =
        room() ? facts : facts.stream().filter(f -> !(f instanceof Fact.SampleTaken)).toList();
    try {
      if (!kept.isEmpty()) {
        segments.append(batches(kept));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be written", e);
    }
    drop(facts.size() - kept.size());
  }

  /**
   * Makes room for samples if there is none, by a segment at least, lest it be made again for each
   * batch. There is none if what may not go has filled the spool, or the disk does not help.
   */
  private boolean room() {
    if (segments.bytes() < capacity) {
      return true;
    }
    try {
      boolean some = true;
      while (some
          && segments.bytes() > capacity - segment
          && segments.stripped() < capacity - 2 * segment) {
        leftOut = 0;
        some = segments.strip(this::withoutSamples);
        drop(leftOut);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the spool cannot make room; new samples are dropped", e);
    }
    return segments.bytes() < capacity;
  }

  private @Nullable String withoutSamples(@Nullable String batch) {
    if (batch == null) {
      lose("a batch of the spool is damaged", null);
      return null;
    }
    JsonArray all;
    try {
      all = Json.parse(batch).asJsonArray();
    } catch (RuntimeException e) { // it can be read no better later
      lose("a batch of the spool is not understood", e);
      return null;
    }
    List<JsonValue> kept = all.stream().filter(f -> !FactDocument.isSample(f)).toList();
    leftOut += all.size() - kept.size();
    JsonArrayBuilder left = Json.array();
    kept.forEach(left::add);
    return kept.isEmpty() ? null : left.build().toString();
  }

  private void drop(int samples) {
    if (samples > 0 && dropped.getAndAdd(samples) == droppedBefore) { // once per outage
      LOG.log(
          System.Logger.Level.WARNING,
          "the spool is full with {0} bytes; the oldest samples are dropped",
          segments.bytes());
    }
  }

  private static List<String> batches(List<Fact> facts) {
    List<String> batches = new ArrayList<>();
    StringBuilder batch = new StringBuilder();
    for (Fact fact : facts) {
      batch.append(batch.isEmpty() ? '[' : ',').append(FactDocument.write(fact));
      if (batch.length() >= BATCH) {
        batches.add(closed(batch));
      }
    }
    if (!batch.isEmpty()) {
      batches.add(closed(batch));
    }
    return batches;
  }

  private static String closed(StringBuilder batch) {
    String text = batch.append(']').toString();
    batch.setLength(0);
    return text;
  }

  /**
   * Hands the oldest facts back, and forgets a file of batches once its last was taken. After a
   * crash in between those of that file are handed out again.
   *
   * @param to throws {@link DatabaseAway} or {@link LeaseLost} if it cannot take facts now, which
   *     are then handed out again next time; anything else that it throws means that it never will
   * @param most times that it is called at the most
   * @param atOnce batches of one file are handed out together until they have so many facts
   * @return true if the spool is empty now
   */
  public boolean replay(Consumer<List<Fact>> to, int most, int atOnce) {
    try {
      SpoolSegment head = segments.head();
      for (int i = 0; i < most && head != null; i++) {
        if (head.done() < head.end()) {
          head.done(hand(head, to, atOnce));
        }
        if (head.done() >= head.end()) {
          segments.removeHead();
          head = segments.head();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be emptied", e);
    }
    if (segments.head() != null) {
      return false;
    }
    if (dropped.get() > droppedBefore) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the spool is empty again; it had dropped {0} samples",
          dropped.get() - droppedBefore);
      droppedBefore = dropped.get();
    }
    return true;
  }

  /**
   * Hands some batches over, and tells where the next begins. What cannot be read stops nothing.
   */
  private long hand(SpoolSegment head, Consumer<List<Fact>> to, int atOnce) {
    List<Fact> facts = new ArrayList<>();
    long next = head.done();
    while (next < head.end() && facts.size() < atOnce) {
      long position = next;
      BatchFile.@Nullable Batch batch = null;
      IOException why = null;
      try {
        batch = head.read(position);
      } catch (IOException e) {
        why = e;
      }
      if (batch != null && batch.text() != null) {
        facts.addAll(facts(batch.text(), place(head, position, batch.next())));
        next = batch.next();
      } else if (!facts.isEmpty()) {
        break; // it is said once those before it are taken
      } else if (batch != null) {
        lose(place(head, position, batch.next()) + " are damaged", null);
        return batch.next();
      } else {
        lose(place(head, position, head.end()) + " cannot be read", why);
        return head.end();
      }
    }
    try {
      if (!facts.isEmpty()) {
        to.accept(facts);
      }
    } catch (DatabaseAway | LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      lose(place(head, head.done(), next) + " are not taken", e);
    }
    return next;
  }

  private static String place(SpoolSegment head, long from, long to) {
    return "bytes " + from + " to " + to + " of " + head.path().getFileName();
  }

  private List<Fact> facts(String batch, String place) {
    List<Fact> facts = new ArrayList<>();
    JsonArray values;
    try {
      values = Json.parse(batch).asJsonArray();
    } catch (RuntimeException e) {
      lose(place + " are not understood", e);
      return facts;
    }
    for (JsonValue value : values) {
      try {
        facts.add(FactDocument.read(value.asJsonObject()));
      } catch (RuntimeException e) { // such as a kind of fact that only another version knows
        lose("a fact in " + place + " is not understood", e);
      }
    }
    return facts;
  }

  private void lose(String what, @Nullable Exception why) {
    lost.incrementAndGet();
    LOG.log(System.Logger.Level.ERROR, what + " and left out", why);
  }

  /** The bytes that wait to be brought into the database, with those brought in already. */
  public long bytes() {
    return segments.bytes();
  }

  /** Samples that went because the spool was full. */
  public long dropped() {
    return dropped.get();
  }

  /** Places of the files that could not be brought back, each of which was logged. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    try {
      segments.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the spool could not be closed", e);
    }
  }
}
