/**
 * What is watched: monitors, their targets and thresholds, the samples that probes bring, and the
 * grammar of conditions. Pure values without a clock, a network or a database.
 */
@NullMarked
package io.serversence.monitor;

import org.jspecify.annotations.NullMarked;
