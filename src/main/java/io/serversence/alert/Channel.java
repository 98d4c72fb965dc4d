package io.serversence.alert;

/**
 * A way to tell people, as configured. Immutable and valid: {@link ChannelDocument} makes them.
 *
 * @param id the key
 * @param enabled whether anything is sent through it
 * @param isDefault whether it is used where no route matches
 */
public record Channel(
    String id, String name, boolean enabled, boolean isDefault, ChannelSettings settings) {}
