/**
 * When it counts as down: the verdict on a row of samples, the incident that it opens, and the
 * timeline of what was done about it. Pure values and functions.
 */
@NullMarked
package io.serversence.incident;

import org.jspecify.annotations.NullMarked;
