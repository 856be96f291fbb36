package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;

/**
 * Writes one packet into a new buffer: its size is known before the first byte, so there is one allocation and no copy
 * of what was written. Writes what servers send and, for tests and load generators, what Clients send. Stateless.
 */
final class PacketWriter {
    private static final int MAX_REMAINING_LENGTH = 268_435_455;
    private static final int MAX_FIELD = 65_535;

    private PacketWriter() {}

    /** The caller owns the buffer. */
    static ByteBuf write(Packet packet, ByteBufAllocator allocator) {
        // In the order of their frequency.
        if (packet instanceof Packet.Publish publish) {
            return publish(publish, allocator);
        } else if (packet instanceof Packet.PubAck ack) {
            return packetIdOnly(PacketType.PUBACK, ack.packetId(), allocator);
        } else if (packet instanceof Packet.PubRec rec) {
            return packetIdOnly(PacketType.PUBREC, rec.packetId(), allocator);
        } else if (packet instanceof Packet.PubRel rel) {
            return packetIdOnly(PacketType.PUBREL, rel.packetId(), allocator);
        } else if (packet instanceof Packet.PubComp comp) {
            return packetIdOnly(PacketType.PUBCOMP, comp.packetId(), allocator);
        } else if (packet instanceof Packet.PingResp) {
            return begin(PacketType.PINGRESP, 0, allocator);
        } else if (packet instanceof Packet.PingReq) {
            return begin(PacketType.PINGREQ, 0, allocator);
        } else if (packet instanceof Packet.SubAck ack) {
            return subAck(ack, allocator);
        } else if (packet instanceof Packet.UnsubAck ack) {
            return packetIdOnly(PacketType.UNSUBACK, ack.packetId(), allocator);
        } else if (packet instanceof Packet.ConnAck ack) {
            return connAck(ack, allocator);
        } else if (packet instanceof Packet.Subscribe subscribe) {
            return subscribe(subscribe, allocator);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            return unsubscribe(unsubscribe, allocator);
        } else if (packet instanceof Packet.Connect connect) {
            return ConnectWriter.write(connect, allocator);
        } else if (packet instanceof Packet.Disconnect) {
            return begin(PacketType.DISCONNECT, 0, allocator);
        }
        throw new IllegalArgumentException(packet + " is never sent");
    }

    private static ByteBuf publish(Packet.Publish publish, ByteBufAllocator allocator) {
        boolean hasPacketId = publish.qos() != QoS.AT_MOST_ONCE;
        int flags = (publish.dup() ? 0b1000 : 0) | (publish.qos().level() << 1) | (publish.retain() ? 0b0001 : 0);
        int topicField = stringField(publish.topic());
        int length = topicField + (hasPacketId ? 2 : 0) + publish.payload().length();
        ByteBuf out = begin(PacketType.PUBLISH.firstByte(flags), length, allocator);
        writeString(publish.topic(), topicField - 2, out);
        if (hasPacketId) {
            out.writeShort(publish.packetId());
        }
        return out.writeBytes(publish.payload().array());
    }

    private static ByteBuf packetIdOnly(PacketType type, int packetId, ByteBufAllocator allocator) {
        return begin(type, 2, allocator).writeShort(packetId);
    }

    private static ByteBuf connAck(Packet.ConnAck ack, ByteBufAllocator allocator) {
        return begin(PacketType.CONNACK, 2, allocator)
                .writeByte(ack.sessionPresent() ? 1 : 0)
                .writeByte(ack.code().wire());
    }

    private static ByteBuf subAck(Packet.SubAck ack, ByteBufAllocator allocator) {
        ByteBuf out =
                begin(PacketType.SUBACK, 2 + ack.codes().size(), allocator).writeShort(ack.packetId());
        ack.codes().forEach(code -> out.writeByte(code.wire()));
        return out;
    }

    private static ByteBuf subscribe(Packet.Subscribe subscribe, ByteBufAllocator allocator) {
        int length = 2;
        for (Packet.Subscribe.Request request : subscribe.requests()) {
            length += stringField(request.filter()) + 1;
        }
        ByteBuf out = begin(PacketType.SUBSCRIBE, length, allocator).writeShort(subscribe.packetId());
        for (Packet.Subscribe.Request request : subscribe.requests()) {
            writeString(request.filter(), out);
            out.writeByte(request.qos().level());
        }
        return out;
    }

    private static ByteBuf unsubscribe(Packet.Unsubscribe unsubscribe, ByteBufAllocator allocator) {
        int length = 2;
        for (String filter : unsubscribe.filters()) {
            length += stringField(filter);
        }
        ByteBuf out = begin(PacketType.UNSUBSCRIBE, length, allocator).writeShort(unsubscribe.packetId());
        unsubscribe.filters().forEach(filter -> writeString(filter, out));
        return out;
    }

    /** A buffer of the packet's exact size with its fixed header written. */
    static ByteBuf begin(PacketType type, int remainingLength, ByteBufAllocator allocator) {
        return begin(type.firstByte(), remainingLength, allocator);
    }

    private static ByteBuf begin(int firstByte, int remainingLength, ByteBufAllocator allocator) {
        if (remainingLength > MAX_REMAINING_LENGTH) {
            throw new IllegalArgumentException("a packet of " + remainingLength + " bytes is not MQTT (section 2.2.3)");
        }
        ByteBuf out = allocator.ioBuffer(1 + lengthBytes(remainingLength) + remainingLength);
        out.writeByte(firstByte);
        int rest = remainingLength;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return out.writeByte(rest);
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
