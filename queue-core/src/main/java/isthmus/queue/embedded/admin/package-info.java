/**
 * The operations of {@link isthmus.queue.api.admin} on the embedded broker: most ask its store and its tables in this
 * process; only what a client alone knows is asked of the client, over the connection that it has.
 *
 * <p>Start at {@link isthmus.queue.embedded.admin.EmbeddedOperations}.
 */
@NullMarked
package isthmus.queue.embedded.admin;

import org.jspecify.annotations.NullMarked;
