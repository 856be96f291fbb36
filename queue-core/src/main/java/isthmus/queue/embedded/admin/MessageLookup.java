package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.StoredMessage;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.rocketmq.common.message.MessageDecoder;

/** Finds one message by either kind of id. Any thread that may touch the disk. */
final class MessageLookup {
    /** Address, port and position in hexadecimal digits: 16 bytes, or 28 for IPv6. A unique id may look the same. */
    private static final Pattern OFFSET_ID = Pattern.compile("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{56}");

    private final StoredMessages messages;
    private final KeyIndex index;

    MessageLookup(StoredMessages messages, KeyIndex index) {
        this.messages = messages;
        this.index = index;
    }

    /** @param topic the topic that the message is stored in, which may be one of RocketMQ's own */
    Optional<StoredMessage> find(String topic, String id) {
        Optional<StoredMessage> byOffset =
                byOffsetId(id).filter(message -> message.topic().equals(topic));
        return byOffset.isPresent()
                ? byOffset
                : index.find(topic, id, message -> message.messageId().equals(id)).stream()
                        .findFirst();
    }

    private Optional<StoredMessage> byOffsetId(String id) {
        if (!OFFSET_ID.matcher(id).matches()) {
            return Optional.empty();
        }
        try {
            long position = MessageDecoder.decodeMessageId(id).getOffset();
            return position < 0
                    ? Optional.empty()
                    : messages.atClaimed(position)
                            .filter(message -> message.offsetId().equalsIgnoreCase(id));
        } catch (UnknownHostException | RuntimeException notAnOffsetId) {
            return Optional.empty();
        }
    }
}
