package io.serversence.history;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One change of an incident that one channel is to be told. At most one is ever kept for the same
 * incident, transition and channel.
 *
 * @param id time-sortable
 * @param transition what tells it from the incident's other changes, such as {@code opened} or
 *     {@code reminder-2}; 1..60 characters
 * @param event the kind of message that tells it; 1..20 characters
 * @param channel the channel's key
 * @param group those of a channel with the same group are told together; up to 400 characters
 * @param patience how long the first of a group waits for others
 * @param interval how long the group is left alone after a message, at the least
 */
public record Due(
    UUID id,
    UUID incident,
    String transition,
    String event,
    String channel,
    String group,
    Duration patience,
    Duration interval,
    Instant at) {}
