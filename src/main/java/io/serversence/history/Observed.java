package io.serversence.history;

/**
 * When a monitor was observed by samples that follow each other, with what is needed to tell how it
 * goes on: the last of them covers the time until the next one, which may be in another {@code
 * Observed}. All times are microseconds. Immutable.
 *
 * @param first when the first sample was taken
 * @param last when the last sample was taken
 * @param reach how long the last one covers at the most; 0 if it could not judge
 * @param before the time observed up to {@code last}
 */
record Observed(long first, long last, long reach, Spans before) {
  /**
   * Writes it in few bytes; a monitor that was observed all the time takes the fewest.
   *
   * @param base some moment near it that is known to who reads it
   */
  void write(PackedWriter writer, long base) {
    writer.signed(first - base);
    writer.unsigned(last - first);
    writer.unsigned(reach);
    Spans gaps = Spans.of(first, last).without(before);
    writer.unsigned(gaps.list().size());
    long at = first;
    for (Spans.Span gap : gaps.list()) {
      writer.unsigned(gap.from() - at);
      writer.unsigned(gap.to() - gap.from());
      at = gap.to();
    }
  }

  static Observed read(PackedReader reader, long base) {
    long first = base + reader.signed();
    long last = first + reader.unsigned();
    long reach = reader.unsigned();
    int gaps = reader.count();
    Spans.Builder before = new Spans.Builder();
    long at = first;
    for (int i = 0; i < gaps; i++) {
      long from = at + reader.unsigned();
      before.add(at, from);
      at = from + reader.unsigned();
    }
    before.add(at, last);
    return new Observed(first, last, reach, before.build());
  }

  /**
   * Both together, where some samples of one may lie between those of the other. Exact if they do
   * not; otherwise a sample that could not judge does not end what one of the other covers.
   */
  Observed and(Observed other) {
    boolean earlier = last <= other.last;
    Observed early = earlier ? this : other;
    Observed late = earlier ? other : this;
    Spans.Builder tail = new Spans.Builder();
    tail.add(
        early.last,
        Math.min(early.last + early.reach, late.first > early.last ? late.first : late.last));
    return new Observed(
        Math.min(first, other.first),
        late.last,
        late.reach,
        early.before.or(late.before).or(tail.build()));
  }

  /**
   * All the time observed.
   *
   * @param now no sample covers time after it, not even one of a clock that was ahead
   */
  Spans until(long now) {
    return before.or(Spans.of(last, Math.min(now, last + reach))).within(Long.MIN_VALUE, now);
  }
}
