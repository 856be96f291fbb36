/**
 * The bridge between devices and server applications: the only package that knows both vocabularies, MQTT's
 * ({@link isthmus.gateway.spi}) and the log's ({@link isthmus.queue.api}).
 *
 * <p>To follow a message, read {@link isthmus.bridge.QueueUplink} (up) or {@link isthmus.bridge.FeedDownlink} (down); both
 * go through {@link isthmus.bridge.MessageMapping}, which holds every rule of the translation.
 */
@NullMarked
package isthmus.bridge;

import org.jspecify.annotations.NullMarked;
