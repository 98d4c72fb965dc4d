/**
 * What happened: stores of monitors, samples and incidents in the database, and the spool that
 * takes their place while the database is away. Persistence types stay inside.
 */
@NullMarked
package io.serversence.history;

import org.jspecify.annotations.NullMarked;
