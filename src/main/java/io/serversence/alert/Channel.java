package io.serversence.alert;

import org.jspecify.annotations.Nullable;

/**
 * A way to tell people, as configured. Immutable and valid: {@link ChannelDocument} makes them.
 *
 * @param id the key
 * @param enabled whether anything is sent through it
 * @param isDefault whether it is used where no route matches
 * @param template words of its own, or null for the usual ones
 */
public record Channel(
    String id,
    String name,
    boolean enabled,
    boolean isDefault,
    ChannelSettings settings,
    @Nullable Template template) {
  /** The same with other words, or the usual ones. */
  Channel with(@Nullable Template other) {
    return new Channel(id, name, enabled, isDefault, settings, other);
  }
}
