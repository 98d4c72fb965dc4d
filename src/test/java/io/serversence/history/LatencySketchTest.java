package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencySketchTest {
  @Test
  void quantiles_are_right_within_one_per_cent_of_any_distribution() {
    Random random = new Random(7);
    for (double spread : new double[] {0.1, 1, 3}) {
      LatencySketch sketch = new LatencySketch();
      long[] all = new long[10_000];
      for (int i = 0; i < all.length; i++) {
        all[i] = Math.round(20_000 * Math.exp(spread * random.nextGaussian()));
        sketch.add(all[i]);
      }
      Arrays.sort(all);
      for (double share : new double[] {0, 0.5, 0.95, 0.99, 1}) {
        double exact = (double) all[(int) Math.floor(share * (all.length - 1))];
        assertThat(sketch.quantile(share)).isCloseTo(exact, within(exact * 0.0101 + 0.5));
      }
      assertThat(sketch.min()).isEqualTo((double) all[0]);
      assertThat(sketch.max()).isEqualTo((double) all[all.length - 1]);
    }
  }

  @Test
  void nothing_has_no_quantile() {
    LatencySketch sketch = new LatencySketch();
    assertThat(sketch.quantile(0.5)).isNull();
    assertThat(sketch.min()).isNull();
    assertThat(sketch.max()).isNull();
  }

  @Test
  void nothing_took_no_time_at_all() {
    LatencySketch sketch = new LatencySketch();
    sketch.add(0);
    assertThat(sketch.quantile(0.5)).isZero();
  }

  @Test
  void what_is_written_and_added_up_is_what_one_sketch_of_all_would_be() {
    Random random = new Random(9);
    LatencySketch one = new LatencySketch();
    LatencySketch sum = new LatencySketch();
    for (int i = 0; i < 100; i++) {
      LatencySketch part = new LatencySketch();
      for (int j = random.nextInt(40); j > 0; j--) {
        long latency = random.nextInt(9) == 0 ? 0 : random.nextLong(90_000_000);
        one.add(latency);
        part.add(latency);
      }
      PackedWriter writer = new PackedWriter();
      part.write(writer);
      sum.add(new PackedReader(writer.toBytes()));
    }
    for (double share : new double[] {0, 0.1, 0.5, 0.95, 0.99, 1}) {
      assertThat(sum.quantile(share)).isEqualTo(one.quantile(share));
    }
    assertThat(sum.max()).isEqualTo(one.max());
  }

  @Test
  void a_heat_map_has_every_latency_in_its_band() {
    LatencySketch sketch = new LatencySketch();
    assertThat(sketch.counts()).containsOnly(0).hasSize(LatencyBands.count());
    for (long latency : new long[] {0, 1, 990, 1_020, 1_450, 1_550, 68_000, 72_000, 900_000_000}) {
      sketch.add(latency);
    }
    long[] expected = new long[LatencyBands.count()];
    expected[0] = 3;
    expected[1] = 2;
    expected[2] = 1;
    expected[LatencyBands.starts().indexOf(50_000L)] = 1;
    expected[LatencyBands.starts().indexOf(70_000L)] = 1;
    expected[expected.length - 1] = 1;
    assertThat(sketch.counts()).containsExactly(expected);
  }
}
