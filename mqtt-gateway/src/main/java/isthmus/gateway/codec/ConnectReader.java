package isthmus.gateway.codec;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;

/**
 * Reads a CONNECT (section 3.1). [MQTT-3.1.4-1] "The Server MUST validate that the CONNECT Packet conforms to section
 * 3.1 and close the Network Connection without sending a CONNACK if it does not conform." Stateless.
 */
final class ConnectReader {
    private static final String NAME = "MQTT";
    private static final int LEVEL = 4;
    /** The protocol name of MQTT 3.1, which had level 3. */
    private static final String NAME_OF_3_1 = "MQIsdp";

    private final TopicSyntax topics;

    ConnectReader(TopicSyntax topics) {
        this.topics = topics;
    }

    Packet read(FieldReader fields) {
        String name = fields.readString("Protocol Name");
        // [MQTT-3.1.2-1] "If the protocol name is incorrect the Server MAY disconnect the Client …"
        if (!name.equals(NAME) && !name.equals(NAME_OF_3_1)) {
            throw fields.violation("MQTT-3.1.2-1", "has a Protocol Name other than MQTT");
        }
        int level = fields.readByte("Protocol Level");
        // [MQTT-3.1.2-2] "The Server MUST respond to the CONNECT Packet with a CONNACK return code 0x01 …"
        if (!name.equals(NAME) || level != LEVEL) {
            fields.skipRest();
            return new Packet.UnsupportedProtocol(name, level);
        }
        int flags = fields.readByte("Connect Flags");
        requireConsistent(fields, flags);
        int keepAlive = fields.readTwoBytes("Keep Alive");

        // [MQTT-3.1.3-1] "… MUST appear in the order Client Identifier, Will Topic, Will Message, User Name, Password."
        String clientId = clientId(fields);
        Will will = has(flags, ConnectFlags.WILL) ? will(fields, flags) : null;
        String userName = has(flags, ConnectFlags.USER_NAME) ? fields.readString("User Name") : null;
        Payload password = has(flags, ConnectFlags.PASSWORD) ? fields.readBinary("Password") : null;
        fields.requireEnd("MQTT-3.1.4-1");
        return new Packet.Connect(
                clientId, has(flags, ConnectFlags.CLEAN_SESSION), keepAlive, will, userName, password);
    }

    private static void requireConsistent(FieldReader fields, int flags) {
        // [MQTT-3.1.2-3] "The Server MUST validate that the reserved flag … is set to zero …"
        if (has(flags, ConnectFlags.RESERVED)) {
            throw fields.violation("MQTT-3.1.2-3", "has the reserved Connect Flag set");
        }
        // [MQTT-3.1.2-13] "If the Will Flag is set to 0, then the Will QoS MUST be set to 0 (0x00)."
        if (!has(flags, ConnectFlags.WILL) && (flags & ConnectFlags.WILL_QOS) != 0) {
            throw fields.violation("MQTT-3.1.2-13", "has a Will QoS without a Will");
        }
        // [MQTT-3.1.2-15] "If the Will Flag is set to 0, then the Will Retain Flag MUST be set to 0."
        if (!has(flags, ConnectFlags.WILL) && has(flags, ConnectFlags.WILL_RETAIN)) {
            throw fields.violation("MQTT-3.1.2-15", "has Will Retain set without a Will");
        }
        // [MQTT-3.1.2-14] "… the value of Will QoS can be 0 (0x00), 1 (0x01), or 2 (0x02). It MUST NOT be 3 (0x03)."
        if ((flags & ConnectFlags.WILL_QOS) == ConnectFlags.WILL_QOS) {
            throw fields.violation("MQTT-3.1.2-14", "has Will QoS 3");
        }
        // [MQTT-3.1.2-22] "If the User Name Flag is set to 0, the Password Flag MUST be set to 0."
        if (has(flags, ConnectFlags.PASSWORD) && !has(flags, ConnectFlags.USER_NAME)) {
            throw fields.violation("MQTT-3.1.2-22", "has a Password without a User Name");
        }
    }

    /** [MQTT-3.1.3-3] "The Client Identifier MUST be present and MUST be the first field in the … payload" */
    private static String clientId(FieldReader fields) {
        String clientId = fields.readString("Client Identifier");
        int control = ControlCharacters.firstIn(clientId);
        if (control >= 0) {
            String character = ControlCharacters.name(clientId.charAt(control));
            throw fields.violation(
                    ProtocolViolation.GENERAL, "has the control character " + character + " in the Client Identifier");
        }
        return clientId;
    }

    /** [MQTT-3.1.2-9] "If the Will Flag is set to 1 … the Will Topic and Will Message fields MUST be present …" */
    private Will will(FieldReader fields, int flags) {
        String topic = fields.readString("Will Topic");
        fields.requireNo(topics.faultInName(topic));
        Payload message = fields.readBinary("Will Message");
        return new Will(
                topic,
                message,
                QoS.of((flags & ConnectFlags.WILL_QOS) >> ConnectFlags.WILL_QOS_SHIFT),
                has(flags, ConnectFlags.WILL_RETAIN));
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
