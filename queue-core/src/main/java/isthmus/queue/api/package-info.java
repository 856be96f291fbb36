/**
 * The durable log, in the queue core's own vocabulary: topics, messages, positions. Knows nothing of MQTT.
 */
@NullMarked
package isthmus.queue.api;

import org.jspecify.annotations.NullMarked;
