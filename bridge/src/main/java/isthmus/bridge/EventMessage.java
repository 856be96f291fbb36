package isthmus.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client event looks like in the log: the type is the tag, the rest is a JSON object, and the events of one client
 * are in one queue. It has no {@link WireProperties#ORIGIN}: it is about a device, not from it. Any thread.
 */
final class EventMessage {
    private static final int USUAL_BYTES = 256;

    private final JsonFactory json = new JsonFactory();
    private final EventSeal seal;

    EventMessage(EventSeal seal) {
        this.seal = seal;
    }

    /** @throws IllegalArgumentException when the Client Identifier holds a character that the log cannot store */
    QueueMessage of(ConnectionEvent event, String groupId) {
        Body body = Body.wrap(body(event));
        return new QueueMessage(
                EventTopics.of(groupId),
                event.clientId(),
                event.type().tag(),
                MessageProperties.builder()
                        .add(WireProperties.CLIENT_ID, event.clientId())
                        .add(WireProperties.EVENT_SEAL, seal.on(body))
                        .build(),
                body);
    }

    /** The event that this gateway has written as this record, or null when it is not one. Never fails. */
    @Nullable
    ConnectionEvent read(LogRecord record) {
        MessageProperties properties = record.properties();
        if (!seal.fits(properties.get(WireProperties.EVENT_SEAL), record.body())) {
            return null;
        }
        try {
            return event(record);
        } catch (IOException | IllegalArgumentException notOurs) {
            return null;
        }
    }

    private ConnectionEvent event(LogRecord record) throws IOException {
        Map<String, String> fields = fields(record.body());
        String clientId = field(fields, "clientId");
        String groupId = EventTopics.groupOf(clientId);
        if (groupId == null || !record.topic().equals(EventTopics.of(groupId))) {
            throw new IllegalArgumentException("an event of another group");
        }
        return new ConnectionEvent(
                type(field(fields, "eventType")),
                clientId,
                Long.parseLong(field(fields, "time")),
                field(fields, "channelId"),
                Long.parseLong(field(fields, "eventIndex")),
                field(fields, "clientIp"));
    }

    private Map<String, String> fields(Body body) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser object = json.createParser(body.array())) {
            object.nextToken();
            for (String name = object.nextFieldName(); name != null; name = object.nextFieldName()) {
                object.nextToken();
                fields.put(name, object.getText());
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an event without " + name);
        }
        return value;
    }

    private static ConnectionEvent.Type type(String tag) {
        for (ConnectionEvent.Type type : ConnectionEvent.Type.values()) {
            if (type.tag().equals(tag)) {
                return type;
            }
        }
        throw new IllegalArgumentException("an event of another type");
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
