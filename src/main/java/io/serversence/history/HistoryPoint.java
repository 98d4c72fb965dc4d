package io.serversence.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one step of a monitor's history. Latencies are those of all samples that could
 * judge, in microseconds; null without one.
 *
 * @param at the start of the step
 * @param availability 0..1, or null where no time of the step counts, see {@link Availability}
 */
public record HistoryPoint(
    Instant at,
    long samples,
    long up,
    long degraded,
    long down,
    long unknown,
    @Nullable Double availability,
    @Nullable Double p50,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double min,
    @Nullable Double max) {}
