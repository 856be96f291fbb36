package isthmus.queue.api.admin;

import isthmus.queue.api.Body;
import isthmus.queue.api.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * A message that an operator sends by hand.
 *
 * @param topic an existing topic
 * @param tag its tag, or null
 * @param key a key to find it by, or null
 * @param shardingKey decides the queue, or null
 * @param trace the trace that it is part of, or null
 */
public record TestMessage(
        String topic,
        @Nullable String tag,
        @Nullable String key,
        @Nullable String shardingKey,
        @Nullable TraceContext trace,
        Body body) {}
