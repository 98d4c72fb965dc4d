/**
 * How a target is looked at: one class per target type, on Netty's event loops, and the Dialer that
 * every outgoing connection goes through. A probe never throws and never outlives its deadline.
 */
@NullMarked
package io.serversence.probe;

import org.jspecify.annotations.NullMarked;
