package io.serversence.alert;

import io.serversence.history.Due;
import io.serversence.incident.Incident;
import org.jspecify.annotations.Nullable;

/**
 * Something that is due, with the incident and the monitor as they were then.
 *
 * @param monitor null where a channel fails
 */
public record Owed(Due due, Incident incident, @Nullable AlertedMonitor monitor) {}
