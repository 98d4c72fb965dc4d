package io.serversence.alert;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel that is to be told of a monitor, and how.
 *
 * @param group channel's messages are grouped by it; at most 400 characters
 * @param quiet whether it must not be told now
 * @param route what chose it, or null for a default channel
 */
record Target(
    String channel,
    String group,
    Duration patience,
    Duration interval,
    Duration repeat,
    boolean quiet,
    List<Route.Escalation> escalation,
    @Nullable String route) {}
