package isthmus.gateway.codec;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the fields of one packet into its record: one switch on the packet type, one method a packet. Stateless; all
 * connections share one.
 */
public final class PacketReader {
    private final TopicSyntax topics;
    private final ConnectReader connects;

    public PacketReader(PacketLimits limits) {
        this.topics = new TopicSyntax(limits.topicBytes(), limits.topicLevels());
        this.connects = new ConnectReader(topics);
    }

    /**
     * @param flags the lower half of the first byte, which {@link PacketType#ofClient} has accepted
     * @throws ProtocolViolation when the packet is not well-formed
     */
    Packet read(int flags, FieldReader fields) {
        return switch (fields.packet()) {
            case CONNECT -> connects.read(fields);
            case PUBLISH -> publish(flags, fields);
            case PUBACK -> new Packet.PubAck(onlyPacketId(fields));
            case PUBREC -> new Packet.PubRec(onlyPacketId(fields));
            case PUBREL -> new Packet.PubRel(onlyPacketId(fields));
            case PUBCOMP -> new Packet.PubComp(onlyPacketId(fields));
            case SUBSCRIBE -> subscribe(fields);
            case UNSUBSCRIBE -> unsubscribe(fields);
            case PINGREQ -> nothingIn(fields, new Packet.PingReq());
            case DISCONNECT -> nothingIn(fields, new Packet.Disconnect());
            case CONNACK, SUBACK, UNSUBACK, PINGRESP ->
                throw new IllegalStateException(fields.packet() + " is not a client's packet");
        };
    }

    private Packet publish(int flags, FieldReader fields) {
        boolean dup = (flags & 0b1000) != 0;
        int level = (flags >> 1) & 0b11;
        boolean retain = (flags & 0b0001) != 0;
        // [MQTT-3.3.1-4] "A PUBLISH Packet MUST NOT have both QoS bits set to 1."
        if (level == 3) {
            throw fields.violation("MQTT-3.3.1-4", "has QoS 3");
        }
        // [MQTT-3.3.1-2] "The DUP flag MUST be set to 0 for all QoS 0 messages."
        if (dup && level == 0) {
            throw fields.violation("MQTT-3.3.1-2", "has DUP set with QoS 0");
        }
        // [MQTT-3.3.2-1] "The Topic Name MUST be present as the first field in the PUBLISH Packet Variable header."
        String topic = fields.readString("Topic Name");
        fields.requireNo(topics.faultInName(topic));
        // [MQTT-2.3.1-5] "A PUBLISH Packet MUST NOT contain a Packet Identifier if its QoS value is set to 0."
        int packetId = level == 0 ? 0 : fields.readPacketId();
        Payload payload = fields.readRest();
        return new Packet.Publish(dup, QoS.of(level), retain, topic, packetId, payload);
    }

    private Packet subscribe(FieldReader fields) {
        int packetId = fields.readPacketId();
        List<Packet.Subscribe.Request> requests = new ArrayList<>(4);
        while (fields.hasMore()) {
            String filter = fields.readString("Topic Filter");
            fields.requireNo(topics.faultInFilter(filter));
            int options = fields.readByte("Requested QoS");
            // [MQTT-3-8.3-4] "… any of Reserved bits in the payload are non-zero, or QoS is not 0, 1 or 2."
            if (options > 2) {
                throw fields.violation("MQTT-3-8.3-4", "has the Requested QoS byte " + options + " (expected: 0..2)");
            }
            requests.add(new Packet.Subscribe.Request(filter, QoS.of(options)));
        }
        // [MQTT-3.8.3-3] "The payload of a SUBSCRIBE packet MUST contain at least one Topic Filter / QoS pair."
        if (requests.isEmpty()) {
            throw fields.violation("MQTT-3.8.3-3", "has no Topic Filter");
        }
        return new Packet.Subscribe(packetId, requests);
    }

    private Packet unsubscribe(FieldReader fields) {
        int packetId = fields.readPacketId();
        List<String> filters = new ArrayList<>(4);
        while (fields.hasMore()) {
            String filter = fields.readString("Topic Filter");
            fields.requireNo(topics.faultInFilter(filter));
            filters.add(filter);
        }
        // [MQTT-3.10.3-2] "The Payload of an UNSUBSCRIBE packet MUST contain at least one Topic Filter."
        if (filters.isEmpty()) {
            throw fields.violation("MQTT-3.10.3-2", "has no Topic Filter");
        }
        return new Packet.Unsubscribe(packetId, filters);
    }

    private static int onlyPacketId(FieldReader fields) {
        int packetId = fields.readPacketId();
        fields.requireEnd(ProtocolViolation.GENERAL);
        return packetId;
    }

    private static Packet nothingIn(FieldReader fields, Packet packet) {
        fields.requireEnd(ProtocolViolation.GENERAL);
        return packet;
    }
}
