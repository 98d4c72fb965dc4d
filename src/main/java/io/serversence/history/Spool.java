package io.serversence.history;

import io.serversence.database.DatabaseAway;
import io.serversence.database.LeaseLost;
import io.serversence.document.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the facts while the database is away: a file of batches, each a JSON array in UTF-8, forced
 * to the disk before it counts. When the file is full, samples are refused and counted, never
 * anything else. One thread writes and replays; the figures may be read by any.
 */
public final class Spool implements AutoCloseable {
  /** The size of the file in bytes beyond which samples are refused, unless told otherwise. */
  public static final long CAPACITY = 512L << 20;

  private static final System.Logger LOG = System.getLogger(Spool.class.getName());

  /** A batch is closed beyond this many characters, so that none needs much memory to read. */
  private static final int BATCH = 1 << 20;

  private final BatchFile file;
  private final long capacity;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private long replayed;

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
    try {
      Files.createDirectories(data);
      file = new BatchFile(data.resolve("spool"));
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be opened in " + data, e);
    }
  }

  /**
   * Makes facts durable, all but the samples for which there is no room.
   *
   * @throws UncheckedIOException if the disk does not take them; then none is kept
   */
  public void append(List<Fact> facts) {
    boolean full = file.end() >= capacity;
    List<Fact> kept =
        full ? facts.stream().filter(f -> !(f instanceof Fact.SampleTaken)).toList() : facts;
    try {
      if (!kept.isEmpty()) {
        file.append(batches(kept));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be written", e);
    }
    refused.addAndGet(facts.size() - kept.size());
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
   * Hands the oldest batches back, and forgets them all once the last was taken. After a crash in
   * between they are handed out again.
   *
   * @param to throws {@link DatabaseAway} or {@link LeaseLost} if it cannot take a batch now, which
   *     is then handed out again next time; anything else that it throws means that it never will
   * @param most batches at the most
   * @return true if the spool is empty now
   */
  public boolean replay(Consumer<List<Fact>> to, int most) {
    for (int i = 0; i < most && replayed < file.end(); i++) {
      replayed = hand(replayed, to);
    }
    if (replayed < file.end()) {
      return false;
    }
    try {
      if (file.end() > 0) {
        file.clear();
        replayed = 0;
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be emptied", e);
    }
  }

  /** Hands one batch over, and tells where the next begins. What cannot be read stops nothing. */
  private long hand(long position, Consumer<List<Fact>> to) {
    BatchFile.Batch batch;
    try {
      batch = file.read(position);
    } catch (IOException e) {
      lose("bytes " + position + " to " + file.end() + " of the spool cannot be read", e);
      return file.end();
    }
    String place = "bytes " + position + " to " + batch.next() + " of the spool";
    if (batch.text() == null) {
      lose(place + " are damaged", null);
      return batch.next();
    }
    try {
      to.accept(facts(batch.text(), place));
    } catch (DatabaseAway | LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      lose(place + " are not taken", e);
    }
    return batch.next();
  }

  private List<Fact> facts(String batch, String place) {
    List<Fact> facts = new ArrayList<>();
    for (JsonValue value : Json.parse(batch).asJsonArray()) {
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
    return file.end();
  }

  /** Samples that found the spool full. */
  public long refused() {
    return refused.get();
  }

  /** Places of the file that could not be brought back, each of which was logged. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the spool could not be closed", e);
    }
  }
}
