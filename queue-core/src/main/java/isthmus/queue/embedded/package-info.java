/**
 * Apache RocketMQ 5.5.0, name server and broker, running inside this process as the queue core.
 *
 * <p>Start at {@link isthmus.queue.embedded.EmbeddedRocketMq}. RocketMQ's broker classes are internal to RocketMQ and move
 * with every minor version: they are touched only in this package, and the workarounds that 5.5.0 needs each have a class
 * of their own that says why it exists.
 */
@NullMarked
package isthmus.queue.embedded;

import org.jspecify.annotations.NullMarked;
