package isthmus.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.queue.api.Body;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a client event looks like in the log: the type is the tag, the rest is a JSON object, and the events of one client
 * are in one queue. It has no {@link WireProperties#ORIGIN}: it is about a device, not from it. Any thread.
 */
final class EventMessage {
    private static final int USUAL_BYTES = 256;

    private final JsonFactory json = new JsonFactory();

    /** @throws IllegalArgumentException when the Client Identifier holds a character that the log cannot store */
    QueueMessage of(ConnectionEvent event, String groupId) {
        return new QueueMessage(
                EventTopics.of(groupId),
                event.clientId(),
                event.type().tag(),
                MessageProperties.builder()
                        .add(WireProperties.CLIENT_ID, event.clientId())
                        .build(),
                Body.wrap(body(event)));
    }

    private byte[] body(ConnectionEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator object = json.createGenerator(bytes)) {
            object.writeStartObject();
            object.writeStringField("clientId", event.clientId());
            object.writeNumberField("time", event.timeMillis());
            object.writeStringField("eventType", event.type().tag());
            object.writeStringField("channelId", event.channelId());
            object.writeNumberField("eventIndex", event.eventIndex());
            object.writeStringField("clientIp", event.clientIp());
            object.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a client event could not be written as JSON", impossible);
        }
        return bytes.toByteArray();
    }
}
