/** Who may do what: users, roles, credentials, sessions. */
@NullMarked
package io.serversence.access;

import org.jspecify.annotations.NullMarked;
