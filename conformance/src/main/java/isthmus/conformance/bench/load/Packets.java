package isthmus.conformance.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/** The packets that a load sends once per connection, in bytes, and the first bytes of the others. MQTT 3.1.1, chapter 3. */
final class Packets {
    /** Packet types, as the upper four bits of a packet's first byte. */
    static final int CONNACK = 2;

    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;

    private static final int CONNECT = 0x10;
    private static final int SUBSCRIBE = 0x82;
    private static final int USER_NAME_AND_PASSWORD = 0xC0;
    private static final int CLEAN_SESSION = 0x02;
    /** A filter with its length and its QoS. */
    private static final int MOST_FILTER_BYTES = 256;
    /** Long enough for a subscriber that only receives, during any scenario. */
    private static final int KEEP_ALIVE_SECONDS = 3600;

    private Packets() {}

    static byte[] connect(SignOn signOn, String device, boolean cleanSession) {
        ByteBuffer body = ByteBuffer.allocate(1024);
        putString(body, "MQTT").put((byte) 4);
        body.put((byte) (USER_NAME_AND_PASSWORD | (cleanSession ? CLEAN_SESSION : 0)));
        body.putShort((short) KEEP_ALIVE_SECONDS);
        putString(body, signOn.clientId(device));
        putString(body, signOn.userName());
        putString(body, signOn.password());
        return packet(CONNECT, body);
    }

    static byte[] subscribe(List<String> filters, int qos) {
        ByteBuffer body =
                ByteBuffer.allocate(2 + filters.size() * MOST_FILTER_BYTES).putShort((short) 1);
        filters.forEach(filter -> putString(body, filter).put((byte) qos));
        return packet(SUBSCRIBE, body);
    }

    /** @param qos 1 or 2 */
    static byte[] publish(String topic, int qos, int packetId, byte[] payload) {
        ByteBuffer body = ByteBuffer.allocate(MOST_FILTER_BYTES + 2 + payload.length);
        putString(body, topic).putShort((short) packetId).put(payload);
        return packet(PUBLISH << 4 | qos << 1, body);
    }

    static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Appends a packet that consists of a Packet Identifier. */
    static void putAnswer(ByteBuffer to, int type, int packetId) {
        int flags = type == PUBREL ? 2 : 0;
        to.put((byte) (type << 4 | flags)).put((byte) 2).putShort((short) packetId);
    }

    static byte[] disconnect() {
        return new byte[] {(byte) 0xE0, 0};
    }

    static ByteBuffer putString(ByteBuffer to, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return to.putShort((short) bytes.length).put(bytes);
    }

    static ByteBuffer putHeader(ByteBuffer to, int firstByte, int remainingLength) {
        to.put((byte) firstByte);
        int rest = remainingLength;
        while (rest > 127) {
            to.put((byte) (rest | 128));
            rest >>>= 7;
        }
        return to.put((byte) rest);
    }

    private static byte[] packet(int firstByte, ByteBuffer body) {
        body.flip();
        ByteBuffer packet = ByteBuffer.allocate(body.remaining() + 5);
        putHeader(packet, firstByte, body.remaining()).put(body).flip();
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return bytes;
    }
}
