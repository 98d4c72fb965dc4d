/**
 * Where rows are kept: the connection pool, the schema's migrations, transactions, and the lease
 * that makes one node the active one. The stores of the other packages stand on it.
 */
@NullMarked
package io.serversence.database;

import org.jspecify.annotations.NullMarked;
