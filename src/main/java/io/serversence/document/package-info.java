/**
 * How things are written down: strict reading of JSON documents, and the spelling of keys, times
 * and durations that every document shares. It knows nothing of what the documents are about.
 */
@NullMarked
package io.serversence.document;

import org.jspecify.annotations.NullMarked;
