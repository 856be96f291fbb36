/**
 * What an operator does with the queue core, in RocketMQ's vocabulary: messages, consumer groups, dead letters, reports and
 * routes. Start at {@link isthmus.queue.api.admin.QueueOperations}. Knows nothing of MQTT and nothing of HTTP.
 */
@NullMarked
package isthmus.queue.api.admin;

import org.jspecify.annotations.NullMarked;
