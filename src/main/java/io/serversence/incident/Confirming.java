package io.serversence.incident;

import io.serversence.monitor.Outcome;

/**
 * A change that is not believed yet.
 *
 * @param seen samples in a row that say so, at least 1
 * @param of samples that it takes
 */
public record Confirming(Outcome outcome, int seen, int of) {}
