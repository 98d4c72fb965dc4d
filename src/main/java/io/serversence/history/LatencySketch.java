package io.serversence.history;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of latencies, in microseconds: quantiles are right within 1 %, over any times
 * and monitors, because sketches can be added up. Used by one thread.
 */
final class LatencySketch {
  /** Masson, Rim, Lee: DDSketch, VLDB 2019. What is stored depends on it. */
  private static final IndexMapping ONE_PER_CENT = new LogarithmicMapping(0.01);

  private final DDSketch sketch = new DDSketch(ONE_PER_CENT, UnboundedSizeDenseStore::new);

  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  /** Takes a latency, 0 or more. */
  void add(long latency) {
    sketch.accept((double) latency);
    min = Math.min(min, latency);
    max = Math.max(max, latency);
  }

  /** Adds what {@link #write} wrote. */
  void add(PackedReader reader) {
    long zeros = reader.unsigned();
    int bins = reader.count();
    if (zeros > 0) {
      sketch.accept(0, (double) zeros);
    }
    Store positive = sketch.getPositiveValueStore();
    long index = 0;
    for (int i = 0; i < bins; i++) {
      index += reader.signed();
      positive.add((int) index, (double) reader.unsigned());
    }
    if (zeros + bins > 0) {
      long least = reader.unsigned();
      min = Math.min(min, least);
      max = Math.max(max, least + reader.unsigned());
    }
  }

  /** Writes the counts of the bins, and the extremes, which are exact. */
  void write(PackedWriter writer) {
    Store positive = sketch.getPositiveValueStore();
    List<Bin> bins = new ArrayList<>();
    for (Iterator<Bin> all = positive.getAscendingIterator(); all.hasNext(); ) {
      Bin bin = all.next();
      if (bin.getCount() > 0) {
        bins.add(bin);
      }
    }
    writer.unsigned(Math.round(sketch.getCount() - positive.getTotalCount()));
    writer.unsigned(bins.size());
    int index = 0;
    for (Bin bin : bins) {
      writer.signed((long) bin.getIndex() - index);
      writer.unsigned(Math.round(bin.getCount()));
      index = bin.getIndex();
    }
    if (!sketch.isEmpty()) {
      writer.unsigned(min);
      writer.unsigned(max - min);
    }
  }

  /** How many there are in each of the {@link LatencyBands}; within 1 % of their bounds. */
  long[] counts() {
    long[] counts = new long[LatencyBands.count()];
    Store positive = sketch.getPositiveValueStore();
    counts[0] = Math.round(sketch.getCount() - positive.getTotalCount());
    for (Iterator<Bin> all = positive.getAscendingIterator(); all.hasNext(); ) {
      Bin bin = all.next();
      double latency =
          Math.max((double) min, Math.min((double) max, ONE_PER_CENT.value(bin.getIndex())));
      counts[LatencyBands.of(latency)] += Math.round(bin.getCount());
    }
    return counts;
  }

  /** The latency that this share of them, 0..1, does not exceed; null if there is none. */
  @Nullable Double quantile(double share) {
    return sketch.isEmpty()
        ? null
        : Math.max((double) min, Math.min((double) max, sketch.getValueAtQuantile(share)));
  }

  @Nullable Double min() {
    return sketch.isEmpty() ? null : Double.valueOf((double) min);
  }

  @Nullable Double max() {
    return sketch.isEmpty() ? null : Double.valueOf((double) max);
  }
}
