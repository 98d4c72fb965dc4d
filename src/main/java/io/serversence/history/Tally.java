package io.serversence.history;

import java.util.List;

/**
 * What an {@link Availability} is computed from. Those of several monitors in one window can be
 * added up, so that each has the weight of its time and of its incidents. Microseconds.
 *
 * @param window the length of the window
 * @param seen observed
 * @param counting observed, outside maintenance
 * @param down of the time that counts
 * @param maintained in maintenance, observed or not
 * @param failures incidents that were down in time that counts
 * @param answered those of them that are acknowledged
 * @param unanswered from the opening of these to their acknowledgement, all together
 * @param longest the longest time down of one incident
 */
public record Tally(
    long window,
    long seen,
    long counting,
    long down,
    long maintained,
    long failures,
    long answered,
    long unanswered,
    long longest) {
  /** Of no monitor. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of one monitor; see {@link Availability#of}. */
  static Tally of(
      long from, long to, Spans observed, List<Availability.Down> incidents, Spans maintenance) {
    Spans counted = observed.within(from, to).without(maintenance);
    long longest = 0;
    long failures = 0;
    long answered = 0;
    long unanswered = 0;
    for (Availability.Down incident : incidents) {
      long own = counted.total(incident.time().from(), incident.time().to());
      longest = Math.max(longest, own);
      failures += own > 0 ? 1 : 0;
      if (own > 0 && incident.unanswered() != null) {
        answered++;
        unanswered += incident.unanswered();
      }
    }
    return new Tally(
        to - from,
        observed.total(from, to),
        counted.total(),
        counted.and(Spans.union(incidents.stream().map(Availability.Down::time).toList())).total(),
        maintenance.total(from, to),
        failures,
        answered,
        unanswered,
        longest);
  }

  /** Of both. */
  public Tally and(Tally other) {
    return new Tally(
        window + other.window,
        seen + other.seen,
        counting + other.counting,
        down + other.down,
        maintained + other.maintained,
        failures + other.failures,
        answered + other.answered,
        unanswered + other.unanswered,
        Math.max(longest, other.longest));
  }

  /** The figures. */
  public Availability figures() {
    boolean failed = failures > 0;
    return new Availability(
        counting == 0 ? null : 1 - down / (double) counting,
        seen == 0 ? null : seen / (double) window,
        millis(down),
        millis(maintained),
        millis(window - maintained - counting),
        failures,
        answered > 0 ? millis(unanswered / answered) : null,
        failed ? millis(down / failures) : null,
        failed ? millis((counting - down) / failures) : null,
        failed ? millis(longest) : null);
  }

  /** Half a millisecond is rounded up. */
  private static long millis(long micros) {
    return Math.floorDiv(micros + 500, 1_000L);
  }
}
