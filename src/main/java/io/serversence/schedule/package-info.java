/**
 * The clockwork that ties the other packages together: ticks that start probes, verdicts on what
 * they bring, batches that record them, and publication of what is durable.
 */
@NullMarked
package io.serversence.schedule;

import org.jspecify.annotations.NullMarked;
