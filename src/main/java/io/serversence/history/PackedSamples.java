package io.serversence.history;

import io.serversence.monitor.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The packed form of an hour's samples: one column after the other, numbers as differences to what
 * is usual, each text once, all of it compressed. Pure functions.
 */
final class PackedSamples {
  /** About as many bytes make a part before compression; H2 takes a value of a MiB. */
  private static final int PART = 256 << 10;

  private static final int NUMBERS = 40;

  private PackedSamples() {}

  /** Packs the samples of an hour, oldest first, into as many rows as they need. */
  static List<PackedRow> pack(int n, int hour, List<SampleRow> samples) {
    List<PackedRow> rows = new ArrayList<>();
    int from = 0;
    while (from < samples.size()) {
      int to = end(samples, from);
      PackedRow row = new PackedRow(n, hour, rows.size());
      List<SampleRow> part = samples.subList(from, to);
      row.outcomes = mask(part);
      row.content = content(hour, part);
      rows.add(row);
      from = to;
    }
    return rows;
  }

  private static int end(List<SampleRow> samples, int from) {
    int end = from;
    int size = 0;
    while (end < samples.size() && (end == from || size < PART)) {
      String detail = samples.get(end).detail;
      size += NUMBERS + (detail == null ? 0 : detail.length());
      end++;
    }
    return end;
  }

  private static short mask(List<SampleRow> samples) {
    int mask = 0;
    for (SampleRow sample : samples) {
      mask |= 1 << sample.outcome;
    }
    return (short) mask;
  }

  /** The masks of rows that hold one of these outcomes. */
  static List<Short> masks(Iterable<Outcome> outcomes) {
    int wanted = 0;
    for (Outcome outcome : outcomes) {
      wanted |= 1 << outcome.code();
    }
    List<Short> masks = new ArrayList<>();
    for (int mask = 0; mask < (1 << Outcome.values().length); mask++) {
      if ((mask & wanted) != 0) {
        masks.add((short) mask);
      }
    }
    return masks;
  }

  private static byte[] content(int hour, List<SampleRow> samples) {
    PackedWriter writer = new PackedWriter();
    Map<String, Integer> texts = new LinkedHashMap<>();
    for (SampleRow sample : samples) {
      if (sample.detail != null) {
        texts.putIfAbsent(sample.detail, texts.size() + 1);
      }
    }
    writer.unsigned(samples.size());
    writer.unsigned(texts.size());
    texts.keySet().forEach(writer::text);
    long at = Level.start(hour);
    long apart = 0;
    for (SampleRow sample : samples) {
      long now = Availability.micros(sample.at);
      writer.signed(now - at - apart);
      apart = now - at;
      at = now;
    }
    column(samples, writer::unsigned, s -> s.outcome);
    long usual = 0;
    for (SampleRow sample : samples) {
      long reach = sample.reach == null ? -1 : sample.reach;
      writer.signed(reach - usual);
      usual = reach;
    }
    column(samples, writer::signed, s -> s.resolve);
    column(samples, writer::signed, s -> s.connect);
    column(samples, writer::signed, s -> s.tls);
    column(samples, writer::signed, s -> s.processing);
    column(samples, writer::signed, s -> s.transfer);
    column(samples, writer::signed, s -> s.latency - sum(s));
    column(samples, writer::unsigned, s -> s.detail == null ? 0 : texts.getOrDefault(s.detail, 0));
    return writer.toDeflated();
  }

  private static void column(
      List<SampleRow> samples, LongConsumer to, ToLongFunction<SampleRow> value) {
    samples.forEach(sample -> to.accept(value.applyAsLong(sample)));
  }

  /** What the latency is about; sums and differences of any numbers come back by overflow. */
  private static long sum(SampleRow s) {
    return s.resolve + s.connect + s.tls + s.processing + s.transfer;
  }

  /** The samples of a row, oldest first. */
  static List<SampleRow> unpack(int n, int hour, byte[] content) {
    PackedReader reader = PackedReader.deflated(content);
    int count = reader.count();
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(null);
    for (int left = reader.count(); left > 0; left--) {
      texts.add(reader.text());
    }
    List<SampleRow> samples = new ArrayList<>(count);
    long at = Level.start(hour);
    long apart = 0;
    for (int i = 0; i < count; i++) {
      apart += reader.signed();
      at += apart;
      SampleRow sample = new SampleRow();
      sample.n = n;
      sample.at = Availability.instant(at);
      samples.add(sample);
    }
    samples.forEach(s -> s.outcome = (short) reader.unsigned());
    long reach = 0;
    for (SampleRow sample : samples) {
      reach += reader.signed();
      sample.reach = reach < 0 ? null : Long.valueOf(reach);
    }
    samples.forEach(s -> s.resolve = reader.signed());
    samples.forEach(s -> s.connect = reader.signed());
    samples.forEach(s -> s.tls = reader.signed());
    samples.forEach(s -> s.processing = reader.signed());
    samples.forEach(s -> s.transfer = reader.signed());
    samples.forEach(s -> s.latency = reader.signed() + sum(s));
    samples.forEach(s -> s.detail = texts.get(reader.count()));
    return samples;
  }
}
