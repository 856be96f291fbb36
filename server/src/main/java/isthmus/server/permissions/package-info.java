/**
 * Policies, and what follows from them: who may publish to which topic, and subscribe to which filter. Immutable values;
 * any thread. Knows nothing of where accounts are kept.
 */
@NullMarked
package isthmus.server.permissions;

import org.jspecify.annotations.NullMarked;
