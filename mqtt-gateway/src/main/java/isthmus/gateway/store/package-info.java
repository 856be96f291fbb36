/**
 * The session store on RocksDB: sessions, the backlog index and retained messages, in a directory of their own. The only
 * package of the gateway that knows RocksDB.
 */
@NullMarked
package isthmus.gateway.store;

import org.jspecify.annotations.NullMarked;
