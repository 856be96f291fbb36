package isthmus.conformance.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * One record of the event topic.
 *
 * @param position its physical place
 */
record ClientEvent(long position, String type, String clientId, String channelId, long index, String clientIp) {
    static ClientEvent of(MessageExt message) {
        try {
            JsonNode event = new ObjectMapper().readTree(message.getBody());
            if (!event.get("eventType").asText().equals(message.getTags())) {
                throw new IllegalStateException("an event with the tag of another: " + message.getTags());
            }
            return new ClientEvent(
                    message.getCommitLogOffset(),
                    message.getTags(),
                    event.get("clientId").asText(),
                    event.get("channelId").asText(),
                    event.get("eventIndex").asLong(),
                    event.get("clientIp").asText());
        } catch (IOException notJson) {
            throw new IllegalStateException("an event that is no JSON", notJson);
        }
    }
}
