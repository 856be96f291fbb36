package isthmus.conformance.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** One topic's PUBLISH packet, made once; each message is a copy with its Packet Identifier and its {@link Stamp}. */
final class PublishPacket {
    private final int number;
    private final byte[] bytes;
    private final int packetIdAt;
    private final int stampAt;
    private final boolean hasPacketId;

    /** @param number the topic's, for the {@link Stamp} */
    PublishPacket(int number, String topic, int qos, int payloadBytes) {
        this.number = number;
        hasPacketId = qos > 0;
        int remaining = 2 + topic.getBytes(UTF_8).length + (hasPacketId ? 2 : 0) + payloadBytes;
        ByteBuffer packet = ByteBuffer.allocate(remaining + 5);
        Packets.putHeader(packet, Packets.PUBLISH << 4 | qos << 1, remaining);
        Packets.putString(packet, topic);
        packetIdAt = packet.position();
        stampAt = packetIdAt + (hasPacketId ? 2 : 0);
        bytes = new byte[stampAt + payloadBytes];
        packet.flip().get(bytes, 0, packetIdAt);
    }

    int length() {
        return bytes.length;
    }

    /** Appends the packet; a buffer of this size has room for it. */
    void writeTo(ByteBuffer to, int packetId, long sequence, long due) {
        int start = to.position();
        to.put(bytes);
        if (hasPacketId) {
            to.putShort(start + packetIdAt, (short) packetId);
        }
        Stamp.write(to, start + stampAt, number, sequence, due);
    }
}
