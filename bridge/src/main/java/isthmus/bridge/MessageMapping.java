package isthmus.bridge;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.Reception;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.TraceContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an Application Message looks like in the log, and back. Every rule of the translation is in this file; the names
 * are in {@link WireProperties}, the table for server applications in {@code docs/bridge.md}. Keeps nothing between two
 * calls; any thread.
 */
final class MessageMapping {
    private static final QoS DEFAULT_QOS = QoS.AT_LEAST_ONCE;
    private static final int MAX_PACKET_ID = 65_535;
    private static final Pattern PACKET_ID = Pattern.compile("[1-9][0-9]{0,4}");

    private final boolean requireTag;
    private final MappingFindings findings;

    /** @param requireTag see {@link BridgeSettings#requireTag} */
    MessageMapping(boolean requireTag, MappingFindings findings) {
        this.requireTag = requireTag;
        this.findings = findings;
    }

    /**
     * The way up. The queue is chosen by Client Identifier, so that the messages of one device stay in order; there is no
     * tag; the body is the payload, byte for byte.
     *
     * @param trace the trace that the message is part of, or null
     * @throws IllegalArgumentException when topic or Client Identifier hold a character that the log cannot store
     */
    static QueueMessage toLog(PublishedMessage message, @Nullable TraceContext trace) {
        String subTopic = SubTopic.of(message.topic());
        MessageProperties.Builder properties = MessageProperties.builder();
        if (!subTopic.isEmpty()) {
            properties.add(WireProperties.SECOND_TOPIC, subTopic);
        }
        properties
                .add(WireProperties.QOS, digit(message.qos()))
                .add(WireProperties.CLEAN_SESSION, message.cleanSession() ? "true" : "false")
                .add(WireProperties.CLIENT_ID, message.clientId());
        if (message.retain() && SubTopic.p2pTarget(subTopic) == null) {
            properties.add(WireProperties.RETAIN, "true");
        }
        if (message.packetId() != 0) {
            properties.add(WireProperties.MESSAGE_ID, Integer.toString(message.packetId()));
        }
        properties.add(WireProperties.ORIGIN, WireProperties.ORIGIN_MQTT);
        if (trace != null) {
            trace.addTo(properties);
        }
        return new QueueMessage(
                SubTopic.parentOf(message.topic()),
                message.clientId(),
                null,
                properties.build(),
                Body.wrap(message.payload().array()));
    }

    /** The way down: the message for devices, or null when the record is not one; the findings then say why. */
    @Nullable
    LoggedMessage toDevices(LogRecord record) {
        MessageProperties properties = record.properties();
        if (requireTag && !isForDevices(properties)) {
            findings.notForDevices(record);
            return null;
        }
        String subTopic = SubTopic.normalised(properties.get(WireProperties.SECOND_TOPIC));
        String topic = record.topic().concat(subTopic);
        if (!SubTopic.isTopicName(topic)) {
            findings.invalidTopic(record, WireProperties.SECOND_TOPIC);
            return null;
        }
        String realTopic = properties.get(WireProperties.REAL_TOPIC);
        String topicSeen = realTopic == null || realTopic.isEmpty() ? topic : withParent(record.topic(), realTopic);
        if (!SubTopic.isTopicName(topicSeen)) {
            findings.invalidTopic(record, WireProperties.REAL_TOPIC);
            return null;
        }
        String target = SubTopic.p2pTarget(subTopic);
        return new LoggedMessage(
                record.position(),
                topic,
                topicSeen,
                Payload.wrap(record.body().array()),
                qos(record),
                target == null && "true".equalsIgnoreCase(properties.get(WireProperties.RETAIN)),
                target,
                target != null && "false".equalsIgnoreCase(properties.get(WireProperties.CLEAN_SESSION)),
                reception(properties),
                TraceContext.idIn(properties));
    }

    /** Only what the gateway has written itself counts. */
    private static @Nullable Reception reception(MessageProperties properties) {
        String packetId = properties.get(WireProperties.MESSAGE_ID);
        String clientId = properties.get(WireProperties.CLIENT_ID);
        if (packetId == null
                || clientId == null
                || !WireProperties.ORIGIN_MQTT.equals(properties.get(WireProperties.ORIGIN))
                || !PACKET_ID.matcher(packetId).matches()) {
            return null;
        }
        int number = Integer.parseInt(packetId);
        return number > MAX_PACKET_ID ? null : new Reception(clientId, number);
    }

    private static boolean isForDevices(MessageProperties properties) {
        return WireProperties.ORIGIN_MQTT.equals(properties.get(WireProperties.ORIGIN))
                || WireProperties.TAG_FOR_DEVICES.equals(properties.get(WireProperties.TAG));
    }

    private static String withParent(String parent, String topic) {
        boolean whole =
                topic.startsWith(parent) && (topic.length() == parent.length() || topic.charAt(parent.length()) == '/');
        return whole ? topic : parent + SubTopic.normalised(topic);
    }

    private QoS qos(LogRecord record) {
        String written = record.properties().get(WireProperties.QOS);
        if (written == null) {
            return DEFAULT_QOS;
        }
        return switch (written) {
            case "0" -> QoS.AT_MOST_ONCE;
            case "1" -> QoS.AT_LEAST_ONCE;
            case "2" -> QoS.EXACTLY_ONCE;
            default -> {
                findings.unreadableQos(record);
                yield DEFAULT_QOS;
            }
        };
    }

    private static String digit(QoS qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> "0";
            case AT_LEAST_ONCE -> "1";
            case EXACTLY_ONCE -> "2";
        };
    }
}
