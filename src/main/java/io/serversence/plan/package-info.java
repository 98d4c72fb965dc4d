/**
 * Everything that is configured, as one document: what it says, and what is to change so that all
 * is as another one says. The configuration file and {@code /api/config} are both this.
 */
@NullMarked
package io.serversence.plan;

import org.jspecify.annotations.NullMarked;
