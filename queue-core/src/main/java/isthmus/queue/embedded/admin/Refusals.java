package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;

/** The sentences of what is refused in more than one place. */
final class Refusals {
    private Refusals() {}

    static OperationException noTopic(String topic) {
        return new OperationException(
                Reason.NOT_FOUND, "topic", "The topic \"" + topic + "\" does not exist; create it first.");
    }

    static OperationException noGroup(String group) {
        return new OperationException(
                Reason.NOT_FOUND, "group", "The consumer group \"" + group + "\" does not exist; create it first.");
    }

    static OperationException noMessage(String topic, String id) {
        return new OperationException(
                Reason.NOT_FOUND,
                "messageId",
                "There is no message \"" + id + "\" in " + topic
                        + "; it may be older than what is kept, not due yet, or in another topic.");
    }
}
