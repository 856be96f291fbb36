package isthmus.queue.api.admin;

/**
 * What became of a message in one consumer group, told from the group's progress: an estimate. A {@link MessageTrace} knows
 * it exactly.
 */
public record DeliveryState(String group, State state) {
    public enum State {
        /** The group is past it. */
        CONSUMED,
        /** The group is past it, and its subscription leaves the tag out. */
        FILTERED,
        /** A consumer has pulled it and not confirmed it yet. */
        CONSUMING,
        /** The group is online and has not come that far. */
        WAITING,
        /** Nobody of the group is online, and it had not come that far. */
        OFFLINE,
        /** The group receives by broadcasting: each consumer keeps its own progress. */
        BROADCASTING,
        /** The group is online without a subscription to the topic. */
        UNKNOWN
    }
}
