package io.serversence.alert;

import java.util.UUID;

/**
 * A channel for which something was left in the database, and there is room for it again.
 *
 * @param from no id that was left is smaller
 * @param left how many were left so far, by which it is known whether there were more meanwhile
 */
public record Behind(String channel, UUID from, long left) {}
