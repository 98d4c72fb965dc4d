package io.serversence.incident;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in an incident.
 *
 * @param id time-sortable
 * @param type such as {@code first-failure}, {@code opened}, {@code acknowledged}, {@code
 *     unacknowledged}, {@code comment}, {@code first-success}, {@code resolved}
 * @param actor the user who did it, or null for ServerSence itself
 * @param text 1..10,000 characters, or null
 */
public record TimelineEntry(
    UUID id,
    UUID incident,
    Instant at,
    String type,
    @Nullable String actor,
    @Nullable String text) {}
