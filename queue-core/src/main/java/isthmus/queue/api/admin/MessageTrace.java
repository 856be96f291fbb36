package isthmus.queue.api.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message as the clients that trace told it.
 *
 * @param sent each attempt to send it, the first one first
 * @param received each delivery to a consumer, the first one first
 */
public record MessageTrace(String messageId, State state, List<Sent> sent, List<Received> received) {
    public MessageTrace {
        sent = List.copyOf(sent);
        received = List.copyOf(received);
    }

    /** The list of the documents. */
    public enum State {
        /** No client told anything. */
        UNKNOWN,
        SEND_FAILED,
        /** It is not due yet. */
        DELAYED,
        TRANSACTION_OPEN,
        ROLLED_BACK,
        NOT_CONSUMED,
        /** Given to a consumer that has not told the outcome. */
        OUTCOME_PENDING,
        CONSUMED,
        /** Some deliveries failed and some succeeded. */
        PARTLY_CONSUMED,
        FAILED
    }

    /**
     * @param kind {@code NORMAL}, {@code TRANSACTION}, {@code DELAYED} or {@code ORDERED}
     * @param client where the client was, {@code address} or {@code address:port}
     * @param atMillis when sending began, by the client's clock
     * @param tookMillis how long it took
     */
    public record Sent(
            String kind, String topic, String group, String client, long atMillis, long tookMillis, boolean success) {}

    /**
     * @param attempt 0 for the first delivery
     * @param outcome null as long as the consumer has not told it
     */
    public record Received(String group, String client, long atMillis, int attempt, @Nullable Outcome outcome) {}

    /** @param result {@code SUCCESS}, {@code TIME_OUT}, {@code EXCEPTION}, {@code RETURNNULL} or {@code FAILED} */
    public record Outcome(boolean success, String result, long tookMillis) {}
}
