/** Who is told, and how: channels and the messages that go through them. */
@NullMarked
package io.serversence.alert;

import org.jspecify.annotations.NullMarked;
