/**
 * The suite that runs against a real server: Payara Micro or WildFly, each in its own process, as
 * an operator would start it. What differs between the two is in {@link
 * io.serversence.server.ServerKind}; the tests do not know which one they have.
 */
@NullMarked
package io.serversence.server;

import org.jspecify.annotations.NullMarked;
