package isthmus.examples;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A device came or went: the body of a message on the topic {@code <GroupID>_MQTT}.
 *
 * @param eventType {@code connect}, {@code disconnect} or {@code tcpclean}; also the tag of the message
 * @param channelId the TCP connection; never used twice
 * @param eventIndex grows with every event of this device; {@code time} may stand still or jump
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PresenceEvent(
        String clientId, long time, String eventType, String channelId, long eventIndex, String clientIp) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public static PresenceEvent parse(byte[] body) {
        try {
            return MAPPER.readValue(body, PresenceEvent.class);
        } catch (IOException e) {
            throw new UncheckedIOException("not a presence event: " + e.getMessage(), e);
        }
    }
}
