package isthmus.queue.api;

/**
 * A topic as it is to be.
 *
 * @param kind what RocketMQ notes as its message type; it does not hold senders to it
 * @param readable whether anybody may receive from it
 * @param writable whether anybody may send to it
 */
public record QueueTopic(String name, Kind kind, boolean readable, boolean writable) {
    /** What kind of messages a topic is for. */
    public enum Kind {
        NORMAL,
        TIMED,
        ORDERED,
        TRANSACTIONAL
    }
}
