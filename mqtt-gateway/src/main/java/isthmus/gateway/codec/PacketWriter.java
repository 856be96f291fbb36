package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;

/**
 * Appends one packet to a buffer. Its size is known before the first byte, so the buffer grows once at most. Writes what
 * servers send and, for tests and load generators, what Clients send. Stateless.
 */
final class PacketWriter {
    private static final int MAX_REMAINING_LENGTH = 268_435_455;
    private static final int MAX_FIELD = 65_535;
    private static final int LARGE = 16 * 1024;

    private PacketWriter() {}

    /** @throws IllegalArgumentException if it is no packet, in which case some of it may be written */
    static void write(Packet packet, ByteBuf out) {
        // In the order of their frequency.
        if (packet instanceof Packet.Publish publish) {
            publish(publish, out);
        } else if (packet instanceof Packet.PubAck ack) {
            packetIdOnly(PacketType.PUBACK, ack.packetId(), out);
        } else if (packet instanceof Packet.PubRec rec) {
            packetIdOnly(PacketType.PUBREC, rec.packetId(), out);
        } else if (packet instanceof Packet.PubRel rel) {
            packetIdOnly(PacketType.PUBREL, rel.packetId(), out);
        } else if (packet instanceof Packet.PubComp comp) {
            packetIdOnly(PacketType.PUBCOMP, comp.packetId(), out);
        } else if (packet instanceof Packet.PingResp) {
            begin(PacketType.PINGRESP, 0, out);
        } else if (packet instanceof Packet.PingReq) {
            begin(PacketType.PINGREQ, 0, out);
        } else if (packet instanceof Packet.SubAck ack) {
            subAck(ack, out);
        } else if (packet instanceof Packet.UnsubAck ack) {
            packetIdOnly(PacketType.UNSUBACK, ack.packetId(), out);
        } else if (packet instanceof Packet.ConnAck ack) {
            connAck(ack, out);
        } else if (packet instanceof Packet.Subscribe subscribe) {
            subscribe(subscribe, out);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            unsubscribe(unsubscribe, out);
        } else if (packet instanceof Packet.Connect connect) {
            ConnectWriter.write(connect, out);
        } else if (packet instanceof Packet.Disconnect) {
            begin(PacketType.DISCONNECT, 0, out);
        } else {
            throw new IllegalArgumentException(packet + " is never sent");
        }
    }

    private static void publish(Packet.Publish publish, ByteBuf out) {
        boolean hasPacketId = publish.qos() != QoS.AT_MOST_ONCE;
        int flags = (publish.dup() ? 0b1000 : 0) | (publish.qos().level() << 1) | (publish.retain() ? 0b0001 : 0);
        int topicField = stringField(publish.topic());
        int length = topicField + (hasPacketId ? 2 : 0) + publish.payload().length();
        begin(PacketType.PUBLISH.firstByte(flags), length, out);
        writeString(publish.topic(), topicField - 2, out);
        if (hasPacketId) {
            out.writeShort(publish.packetId());
        }
        out.writeBytes(publish.payload().array());
    }

    private static void packetIdOnly(PacketType type, int packetId, ByteBuf out) {
        begin(type, 2, out).writeShort(packetId);
    }

    private static void connAck(Packet.ConnAck ack, ByteBuf out) {
        begin(PacketType.CONNACK, 2, out)
                .writeByte(ack.sessionPresent() ? 1 : 0)
                .writeByte(ack.code().wire());
    }

    private static void subAck(Packet.SubAck ack, ByteBuf out) {
        begin(PacketType.SUBACK, 2 + ack.codes().size(), out).writeShort(ack.packetId());
        ack.codes().forEach(code -> out.writeByte(code.wire()));
    }

    private static void subscribe(Packet.Subscribe subscribe, ByteBuf out) {
        int length = 2;
        for (Packet.Subscribe.Request request : subscribe.requests()) {
            length += stringField(request.filter()) + 1;
        }
        begin(PacketType.SUBSCRIBE, length, out).writeShort(subscribe.packetId());
        for (Packet.Subscribe.Request request : subscribe.requests()) {
            writeString(request.filter(), out);
            out.writeByte(request.qos().level());
        }
    }

    private static void unsubscribe(Packet.Unsubscribe unsubscribe, ByteBuf out) {
        int length = 2;
        for (String filter : unsubscribe.filters()) {
            length += stringField(filter);
        }
        begin(PacketType.UNSUBSCRIBE, length, out).writeShort(unsubscribe.packetId());
        unsubscribe.filters().forEach(filter -> writeString(filter, out));
    }

    /** Makes room for the packet and writes its fixed header. */
    static ByteBuf begin(PacketType type, int remainingLength, ByteBuf out) {
        return begin(type.firstByte(), remainingLength, out);
    }

    private static ByteBuf begin(int firstByte, int remainingLength, ByteBuf out) {
        if (remainingLength > MAX_REMAINING_LENGTH) {
            throw new IllegalArgumentException("a packet of " + remainingLength + " bytes is not MQTT (section 2.2.3)");
        }
        makeRoom(1 + lengthBytes(remainingLength) + remainingLength, out);
        out.writeByte(firstByte);
        int rest = remainingLength;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return out.writeByte(rest);
    }

    /** For a large packet exactly, because a buffer that grows by itself doubles. */
    private static void makeRoom(int bytes, ByteBuf out) {
        if (bytes < LARGE) {
            out.ensureWritable(bytes);
        } else if (out.writableBytes() < bytes) {
            out.capacity(out.writerIndex() + bytes);
        }
    }

    private static int lengthBytes(int remainingLength) {
        return remainingLength < 1 << 7 ? 1 : remainingLength < 1 << 14 ? 2 : remainingLength < 1 << 21 ? 3 : 4;
    }

    /** The size of a string field with its length prefix. */
    static int stringField(String text) {
        return field(ByteBufUtil.utf8Bytes(text));
    }

    /** The size of a binary field with its length prefix. */
    static int binaryField(Payload payload) {
        return field(payload.length());
    }

    private static int field(int bytes) {
        if (bytes > MAX_FIELD) {
            throw new IllegalArgumentException("a field of " + bytes + " bytes is not MQTT (section 1.5.3)");
        }
        return 2 + bytes;
    }

    static void writeString(String text, ByteBuf out) {
        writeString(text, ByteBufUtil.utf8Bytes(text), out);
    }

    private static void writeString(String text, int bytes, ByteBuf out) {
        out.writeShort(bytes);
        ByteBufUtil.reserveAndWriteUtf8(out, text, bytes);
    }

    static void writeBinary(Payload payload, ByteBuf out) {
        out.writeShort(payload.length()).writeBytes(payload.array());
    }
}
