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
}
