package isthmus.queue.embedded;

import static isthmus.queue.api.AppendException.Reason.FLUSH_TIMEOUT;
import static isthmus.queue.api.AppendException.Reason.MESSAGE_ILLEGAL;
import static isthmus.queue.api.AppendException.Reason.UNAVAILABLE;

import isthmus.queue.api.AppendException;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageStatus;

/** Says in a sentence why RocketMQ's store did not take a message. */
final class PutFailures {
    private final MessageStore store;

    PutFailures(MessageStore store) {
        this.store = store;
    }

    AppendException of(PutMessageStatus status, String topic) {
        return switch (status) {
            case FLUSH_DISK_TIMEOUT ->
                new AppendException(
                        FLUSH_TIMEOUT,
                        "The disk did not confirm a message for topic " + topic
                                + " in time; it may or may not be stored.");
            case MESSAGE_ILLEGAL ->
                new AppendException(MESSAGE_ILLEGAL, "A message for topic " + topic + " is larger than the log takes.");
            case PROPERTIES_SIZE_EXCEEDED ->
                new AppendException(
                        MESSAGE_ILLEGAL,
                        "The properties of a message for topic " + topic + " take more than 32767 bytes in all.");
            case SERVICE_NOT_AVAILABLE -> new AppendException(UNAVAILABLE, unavailable(topic));
            case OS_PAGE_CACHE_BUSY ->
                new AppendException(
                        UNAVAILABLE,
                        "The disk is too slow at present for a message for topic " + topic + "; try again.");
            case CREATE_MAPPED_FILE_FAILED ->
                new AppendException(
                        UNAVAILABLE,
                        "The log could not open its next file for topic " + topic + "; the disk may be full.");
            default ->
                new AppendException(
                        UNAVAILABLE, "The log did not take a message for topic " + topic + " (" + status + ").");
        };
    }

    private String unavailable(String topic) {
        if (store.isShutdown()) {
            return "The log is shut down; a message for topic " + topic + " was not stored.";
        }
        return "The log refuses writes for now, a message for topic " + topic
                + " was not stored: its disk is full (the last 64 MB and the last tenth stay free), or writing to it has"
                + " failed.";
    }
}
