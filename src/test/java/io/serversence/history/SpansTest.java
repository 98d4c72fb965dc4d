package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.history.Spans.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {
  private static final int END = 60;

  private final Random random = new Random(6);

  private List<Span> some() {
    List<Span> spans = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      int from = random.nextInt(END);
      spans.add(new Span(from, from + random.nextInt(12)));
    }
    return spans;
  }

  private static BitSet painted(List<Span> spans) {
    BitSet bits = new BitSet();
    spans.forEach(s -> bits.set((int) s.from(), (int) s.to()));
    return bits;
  }

  @Test
  void they_are_what_a_painter_would_make_of_them() {
    for (int i = 0; i < 20_000; i++) {
      List<Span> a = some();
      List<Span> b = some();
      int from = random.nextInt(END);
      int to = from + random.nextInt(END);

      Spans union = Spans.union(a);
      Spans other = Spans.union(b);

      BitSet and = painted(a);
      and.and(painted(b));
      BitSet without = painted(a);
      without.andNot(painted(b));
      assertThat(painted(union.list())).isEqualTo(painted(a));
      assertThat(painted(union.and(other).list())).isEqualTo(and);
      assertThat(painted(union.without(other).list())).isEqualTo(without);
      assertThat(union.total()).isEqualTo(painted(a).cardinality());
      assertThat(union.total(from, to)).isEqualTo(painted(a).get(from, to).cardinality());
      assertThat(union.within(from, to).total()).isEqualTo(union.total(from, to));
      assertApart(union);
      assertApart(union.without(other));
    }
  }

  private static void assertApart(Spans spans) {
    List<Span> list = spans.list();
    for (int i = 1; i < list.size(); i++) {
      assertThat(list.get(i).from()).isGreaterThan(list.get(i - 1).to());
    }
  }
}
