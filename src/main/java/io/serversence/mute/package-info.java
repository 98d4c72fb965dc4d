/**
 * When nobody is told: silences and maintenance windows. They mute messages, never probing, state
 * or history.
 */
@NullMarked
package io.serversence.mute;

import org.jspecify.annotations.NullMarked;
