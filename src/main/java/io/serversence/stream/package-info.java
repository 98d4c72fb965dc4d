/**
 * What people see live: the event log, the engine that feeds its readers, and the two transports,
 * Server-Sent Events and WebSocket.
 */
@NullMarked
package io.serversence.stream;

import org.jspecify.annotations.NullMarked;
