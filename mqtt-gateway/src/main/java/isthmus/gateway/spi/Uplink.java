package isthmus.gateway.spi;

import java.util.concurrent.CompletionStage;

/** The way up: into the log. */
public interface Uplink {
    /**
     * Stores a message. Never blocks. The stage completes when the message is stored, often before this returns, else on
     * a thread of the log; it fails when the message may not be stored, and then it must not be acknowledged; with
     * {@link UnstorableMessage} when trying again is of no use. Messages of one Client keep the order of the calls. Called
     * on event loops, and at the start.
     */
    CompletionStage<Void> publish(PublishedMessage message);
}
