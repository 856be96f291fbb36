package isthmus.gateway.codec;

import org.jspecify.annotations.Nullable;

/** The types of Control Packets (table 2.1) with the flags that their fixed header must have (table 2.2). */
enum PacketType {
    CONNECT(1, 0, true, "MQTT-2.2.2-2"),
    CONNACK(2, 0, false, "MQTT-2.2.2-2"),
    PUBLISH(3, PacketType.ANY, true, "MQTT-2.2.2-2"),
    PUBACK(4, 0, true, "MQTT-2.2.2-2"),
    PUBREC(5, 0, true, "MQTT-2.2.2-2"),
    PUBREL(6, 0b0010, true, "MQTT-3.6.1-1"),
    PUBCOMP(7, 0, true, "MQTT-2.2.2-2"),
    SUBSCRIBE(8, 0b0010, true, "MQTT-3.8.1-1"),
    SUBACK(9, 0, false, "MQTT-2.2.2-2"),
    UNSUBSCRIBE(10, 0b0010, true, "MQTT-3.10.1-1"),
    UNSUBACK(11, 0, false, "MQTT-2.2.2-2"),
    PINGREQ(12, 0, true, "MQTT-2.2.2-2"),
    PINGRESP(13, 0, false, "MQTT-2.2.2-2"),
    DISCONNECT(14, 0, true, "MQTT-3.14.1-1");

    private static final int ANY = -1;
    private static final @Nullable PacketType[] BY_WIRE = new @Nullable PacketType[16];

    static {
        for (PacketType type : values()) {
            BY_WIRE[type.wire] = type;
        }
    }

    private final int wire;
    private final int flags;
    private final boolean fromClient;
    private final String flagsStatement;

    PacketType(int wire, int flags, boolean fromClient, String flagsStatement) {
        this.wire = wire;
        this.flags = flags;
        this.fromClient = fromClient;
        this.flagsStatement = flagsStatement;
    }

    /**
     * The type of a packet that a Client sends.
     *
     * @param first the first byte of its fixed header
     * @throws ProtocolViolation when no Client may send such a packet
     */
    static PacketType ofClient(int first) {
        PacketType type = BY_WIRE[first >> 4];
        if (type == null) {
            // Table 2.1: 0 and 15 are "Forbidden, Reserved".
            throw new ProtocolViolation(
                    ProtocolViolation.GENERAL, "packet type " + (first >> 4) + " is reserved (MQTT 3.1.1, table 2.1)");
        }
        if (!type.fromClient) {
            throw new ProtocolViolation(ProtocolViolation.GENERAL, type + " came from a client; only servers send it");
        }
        // [MQTT-2.2.2-2] "If invalid flags are received, the receiver MUST close the Network Connection."
        int received = first & 0x0F;
        if (type.flags != ANY && type.flags != received) {
            throw new ProtocolViolation(
                    type.flagsStatement,
                    type + " has the fixed header flags " + bits(received) + " (expected: " + bits(type.flags) + ")");
        }
        return type;
    }

    /** The first byte of the fixed header of every packet of this type but PUBLISH. */
    int firstByte() {
        return firstByte(flags);
    }

    int firstByte(int withFlags) {
        return (wire << 4) | withFlags;
    }

    private static String bits(int flags) {
        return Integer.toBinaryString(flags | 0x10).substring(1);
    }
}
