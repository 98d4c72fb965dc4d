/**
 * What people outside are shown: status pages, badges and feeds. It decides what of a monitor or an
 * incident may be public, and writes that; nobody here knows who asks.
 */
@NullMarked
package io.serversence.page;

import org.jspecify.annotations.NullMarked;
