/** Accounts, parent topics and groups: kept in the data directory, asked by the gateway, told to the queue core. */
@NullMarked
package isthmus.server.resources;

import org.jspecify.annotations.NullMarked;
