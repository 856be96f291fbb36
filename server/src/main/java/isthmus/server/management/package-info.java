/**
 * Carries the operations of the management interface out: each class is one area and says which routes it answers. Called
 * on the workers of the interface, several at a time; may block.
 */
@NullMarked
package isthmus.server.management;

import org.jspecify.annotations.NullMarked;
