package isthmus.bridge;

import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.Uplink;
import isthmus.queue.api.TraceContext;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The way up for those whose messages are part of a trace already; MQTT 3.1.1 has no place for one. */
public interface TracedUplink extends Uplink {
    /**
     * As {@link #publish(PublishedMessage)}.
     *
     * @param trace the trace that the message is part of; null: it is in none, like that of a device
     */
    CompletionStage<Void> publish(PublishedMessage message, @Nullable TraceContext trace);
}
