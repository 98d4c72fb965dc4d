package io.serversence.history;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds samples of one monitor and day into packed samples and roll-ups, within one transaction.
 * While an hour's samples are kept, all that is known of it is made anew from all of them, so that
 * late ones and repeated ones come out right. Of an hour whose samples were forgotten, the figures
 * are added to.
 */
final class DayFold {
  /** An hour with more samples than this has its minutes rolled up too. */
  private static final int ONE_A_MINUTE = 66;

  private final EntityManager em;
  private final int n;
  private final int day;
  private final Map<Level, @Nullable RollupRow> rows = new HashMap<>();
  private final Map<Level, Chunk> chunks = new HashMap<>();
  private final Map<Integer, List<PackedRow>> packed = new HashMap<>();

  /**
   * A fold.
   *
   * @param day the first hour of the day
   */
  DayFold(EntityManager em, int n, int day) {
    this.em = em;
    this.n = n;
    this.day = day;
  }

  /** Folds these samples, oldest first. */
  void fold(List<SampleRow> samples) {
    SortedMap<Integer, List<SampleRow>> hours = new TreeMap<>();
    for (SampleRow sample : samples) {
      hours
          .computeIfAbsent(Level.hour(Availability.micros(sample.at)), h -> new ArrayList<>())
          .add(sample);
    }
    readPacked(hours.firstKey(), hours.lastKey());
    for (Level level : List.of(Level.FIVE_MINUTES, Level.HOUR, Level.DAY)) {
      RollupRow row = em.find(RollupRow.class, new RollupRow.Key(n, level, day));
      rows.put(level, row);
      chunks.put(level, row == null || level == Level.DAY ? new Chunk() : Chunk.read(row.content));
    }
    RollupRow known = rows.get(Level.DAY);
    if (known != null && rows.get(Level.HOUR) == null) {
      addToDay(known, samples);
      return;
    }
    hours.forEach(this::fold);
    for (Level level : List.of(Level.FIVE_MINUTES, Level.HOUR)) {
      Chunk chunk = chunk(level);
      if (!chunk.entries().isEmpty()) {
        write(rows.get(level), level, day, chunk.toBytes(), null);
      }
    }
    writeDay();
  }

  private void readPacked(int first, int last) {
    em.createQuery(
            "select p from PackedRow p where p.n = :n and p.hour >= :first and p.hour <= :last"
                + " order by p.n, p.hour, p.part",
            PackedRow.class)
        .setParameter("n", n)
        .setParameter("first", first)
        .setParameter("last", last)
        .getResultList()
        .forEach(row -> packed.computeIfAbsent(row.hour, h -> new ArrayList<>()).add(row));
  }

  private void fold(int hour, List<SampleRow> samples) {
    List<PackedRow> parts = packed.getOrDefault(hour, List.of());
    byte[] known = chunk(Level.HOUR).get(hour - day);
    if (parts.isEmpty() && known != null) {
      addToHour(hour, known, samples);
      return;
    }
    SortedMap<Long, SampleRow> all = new TreeMap<>();
    samples.forEach(s -> all.put(Availability.micros(s.at), s));
    for (PackedRow part : parts) {
      PackedSamples.unpack(n, hour, part.content)
          .forEach(s -> all.put(Availability.micros(s.at), s)); // what was kept first stays
    }
    List<SampleRow> together = List.copyOf(all.values());
    writePacked(parts, PackedSamples.pack(n, hour, together));
    chunk(Level.HOUR).put(hour - day, HourEntry.of(hour, together).toBytes(hour));
    buckets(Level.FIVE_MINUTES, day, together)
        .forEach((i, bucket) -> chunk(Level.FIVE_MINUTES).put(i, bucket.toBytes()));
    if (together.size() > ONE_A_MINUTE) {
      Chunk minutes = new Chunk();
      buckets(Level.MINUTE, hour, together)
          .forEach((i, bucket) -> minutes.put(i, bucket.toBytes()));
      RollupRow row = em.find(RollupRow.class, new RollupRow.Key(n, Level.MINUTE, hour));
      write(row, Level.MINUTE, hour, minutes.toBytes(), null);
    }
  }

  private void writePacked(List<PackedRow> old, List<PackedRow> made) {
    for (int i = 0; i < made.size(); i++) {
      if (i < old.size()) {
        old.get(i).outcomes = made.get(i).outcomes;
        old.get(i).content = made.get(i).content;
      } else {
        em.persist(made.get(i));
      }
    }
    for (int i = made.size(); i < old.size(); i++) {
      em.remove(old.get(i));
    }
  }

  private static Map<Integer, Bucket> buckets(Level level, int chunk, List<SampleRow> samples) {
    Map<Integer, Bucket> buckets = new TreeMap<>();
    for (SampleRow sample : samples) {
      buckets
          .computeIfAbsent(level.index(Availability.micros(sample.at), chunk), i -> new Bucket())
          .add(sample.known(), sample.latency);
    }
    return buckets;
  }

  /** Late by more than samples are kept: what is known of the hour goes on counting. */
  private void addToHour(int hour, byte[] known, List<SampleRow> samples) {
    chunk(Level.HOUR)
        .put(
            hour - day, HourEntry.read(hour, known).and(HourEntry.of(hour, samples)).toBytes(hour));
    if (rows.get(Level.FIVE_MINUTES) != null) {
      addTo(chunk(Level.FIVE_MINUTES), buckets(Level.FIVE_MINUTES, day, samples));
    }
    RollupRow row = em.find(RollupRow.class, new RollupRow.Key(n, Level.MINUTE, hour));
    if (row != null) {
      Chunk minutes = Chunk.read(row.content);
      addTo(minutes, buckets(Level.MINUTE, hour, samples));
      row.content = minutes.toBytes();
    }
  }

  private static void addTo(Chunk chunk, Map<Integer, Bucket> buckets) {
    buckets.forEach(
        (i, bucket) -> {
          byte[] known = chunk.get(i);
          if (known != null) {
            bucket.add(new PackedReader(known));
          }
          chunk.put(i, bucket.toBytes());
        });
  }

  /** Late by more than hours are kept. */
  private void addToDay(RollupRow known, List<SampleRow> samples) {
    HourEntry added = HourEntry.of(day, samples);
    added.bucket().add(new PackedReader(known.content));
    known.content = added.bucket().toBytes();
    Observed observed = added.observed();
    if (known.observed != null) {
      observed = observed.and(Observed.read(new PackedReader(known.observed), Level.start(day)));
    }
    known.observed = bytes(observed);
  }

  private void writeDay() {
    Bucket bucket = new Bucket();
    Observation observation = new Observation();
    for (Map.Entry<Integer, byte[]> entry : chunk(Level.HOUR).entries().entrySet()) {
      PackedReader reader = new PackedReader(entry.getValue());
      observation.add(Observed.read(reader, Level.start(day + entry.getKey())));
      bucket.add(reader);
    }
    Observed observed = observation.observed();
    write(
        rows.get(Level.DAY),
        Level.DAY,
        day,
        bucket.toBytes(),
        observed == null ? null : bytes(observed));
  }

  private byte[] bytes(Observed observed) {
    PackedWriter writer = new PackedWriter();
    observed.write(writer, Level.start(day));
    return writer.toBytes();
  }

  private Chunk chunk(Level level) {
    return chunks.computeIfAbsent(level, l -> new Chunk());
  }

  /** A new row is whole before it is handed over, as a provider may take it as it is then. */
  private void write(
      @Nullable RollupRow row, Level level, int hour, byte[] content, byte @Nullable [] observed) {
    if (row == null) {
      RollupRow made = new RollupRow(n, level, hour, content);
      made.observed = observed;
      em.persist(made);
    } else {
      row.content = content;
      row.observed = observed;
    }
  }
}
