package isthmus.queue.api.admin;

/**
 * Everything an operator does with the queue core. All parts may be used from any thread, but they read the disk or wait
 * for clients: they do not belong on an event loop or on the feed thread.
 *
 * <p>Each part refuses with an {@link OperationException}, whose sentence may be shown to the operator as it is.
 */
public interface QueueOperations {
    /** Looking for messages, and what became of them. */
    Messages messages();

    /** Consumer groups: who is online, how far they are, and moving them. */
    Groups groups();

    /** What consumers have given up. */
    DeadLetters deadLetters();

    /** How much was sent and received, minute by minute, for the last three days. */
    Reports reports();

    /** Copying topics to another RocketMQ or Isthmus. */
    Routes routes();
}
