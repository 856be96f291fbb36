package isthmus.queue.api;

import org.jspecify.annotations.Nullable;

/**
 * A message to append.
 *
 * @param topic an existing topic
 * @param shardingKey decides the queue, so that messages with one key keep their order; null: the topic decides
 * @param tag the RocketMQ tag, or null
 * @param properties user properties; at most 32,767 bytes in all, no U+0001 or U+0002 in names and values
 * @param body at most 4 MiB
 */
public record QueueMessage(
        String topic, @Nullable String shardingKey, @Nullable String tag, MessageProperties properties, Body body) {}
