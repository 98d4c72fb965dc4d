/** Questions and commands over HTTP: one resource per noun, problems as RFC 9457. */
@NullMarked
package io.serversence.api;

import org.jspecify.annotations.NullMarked;
