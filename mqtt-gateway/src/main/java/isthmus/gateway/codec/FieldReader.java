package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import isthmus.gateway.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one packet's variable header and payload, and never past its end. One packet, one reader; lives
 * on the event loop during one call.
 */
final class FieldReader {
    private final PacketType packet;
    private final ByteBuf in;
    private final int end;

    /** The packet's {@code length} bytes are readable. */
    FieldReader(PacketType packet, ByteBuf in, int length) {
        this.packet = packet;
        this.in = in;
        this.end = in.readerIndex() + length;
    }

    PacketType packet() {
        return packet;
    }

    boolean hasMore() {
        return in.readerIndex() < end;
    }

    int readByte(String field) {
        need(1, field);
        return in.readUnsignedByte();
    }

    int readTwoBytes(String field) {
        need(2, field);
        return in.readUnsignedShort();
    }

    /** [MQTT-2.3.1-1] "SUBSCRIBE, UNSUBSCRIBE, and PUBLISH (… QoS > 0) … MUST contain a non-zero … identifier" */
    int readPacketId() {
        int id = readTwoBytes("Packet Identifier");
        if (id == 0) {
            throw violation("MQTT-2.3.1-1", "has the Packet Identifier 0 (expected: 1..65535)");
        }
        return id;
    }

    String readString(String field) {
        int length = readTwoBytes("length of the " + field);
        need(length, field);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        String text = StrictUtf8.decode(bytes);
        if (text == null) {
            // [MQTT-1.5.3-1] "The character data in a UTF-8 encoded string MUST be well-formed UTF-8 …"
            throw violation("MQTT-1.5.3-1", "has ill-formed UTF-8 in the " + field);
        }
        if (text.indexOf(0) >= 0) {
            // [MQTT-1.5.3-2] "A UTF-8 encoded string MUST NOT include an encoding of the null character U+0000."
            throw violation("MQTT-1.5.3-2", "has U+0000 in the " + field);
        }
        return text;
    }

    Payload readBinary(String field) {
        int length = readTwoBytes("length of the " + field);
        need(length, field);
        return readBytes(length);
    }

    Payload readRest() {
        return readBytes(end - in.readerIndex());
    }

    void skipRest() {
        in.readerIndex(end);
    }

    /** Everything must have been read by now. */
    void requireEnd(String statement) {
        if (hasMore()) {
            throw violation(statement, "has " + (end - in.readerIndex()) + " bytes more than its fields need");
        }
    }

    void requireNo(TopicSyntax.@Nullable Fault fault) {
        if (fault != null) {
            throw new ProtocolViolation(
                    fault.statement(), packet + " is malformed: " + fault.sentence(), fault.limit());
        }
    }

    ProtocolViolation violation(String statement, String what) {
        return new ProtocolViolation(statement, packet + " " + what);
    }

    private Payload readBytes(int length) {
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return Payload.wrap(bytes);
    }

    private void need(int bytes, String field) {
        if (end - in.readerIndex() < bytes) {
            throw violation(ProtocolViolation.GENERAL, "ends within the " + field);
        }
    }
}
