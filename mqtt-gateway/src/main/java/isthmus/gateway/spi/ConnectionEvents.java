package isthmus.gateway.spi;

import java.util.concurrent.CompletionStage;

/** Receives the events of connections, in order per Client. */
public interface ConnectionEvents {
    /** Never blocks and never fails: what goes wrong is logged. Called on event loops, and at the start. */
    void publish(ConnectionEvent event);

    /** Completes, and never fails, when the log has every event that was published so far, or they were given up. */
    CompletionStage<Void> settled();
}
