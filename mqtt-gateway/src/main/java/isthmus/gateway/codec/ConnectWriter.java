package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;

/** Writes a CONNECT (section 3.1), for tests and load generators. Stateless. */
final class ConnectWriter {
    private static final String NAME = "MQTT";
    private static final int LEVEL = 4;

    private ConnectWriter() {}

    static void write(Packet.Connect connect, ByteBuf out) {
        PacketWriter.begin(PacketType.CONNECT, length(connect), out);
        PacketWriter.writeString(NAME, out);
        out.writeByte(LEVEL).writeByte(flags(connect)).writeShort(connect.keepAliveSeconds());
        PacketWriter.writeString(connect.clientId(), out);
        Will will = connect.will();
        if (will != null) {
            PacketWriter.writeString(will.topic(), out);
            PacketWriter.writeBinary(will.payload(), out);
        }
        if (connect.userName() != null) {
            PacketWriter.writeString(connect.userName(), out);
        }
        if (connect.password() != null) {
            PacketWriter.writeBinary(connect.password(), out);
        }
    }

    private static int length(Packet.Connect connect) {
        int length = PacketWriter.stringField(NAME) + 4 + PacketWriter.stringField(connect.clientId());
        Will will = connect.will();
        if (will != null) {
            length += PacketWriter.stringField(will.topic()) + PacketWriter.binaryField(will.payload());
        }
        if (connect.userName() != null) {
            length += PacketWriter.stringField(connect.userName());
        }
        if (connect.password() != null) {
            length += PacketWriter.binaryField(connect.password());
        }
        return length;
    }

    private static int flags(Packet.Connect connect) {
        int flags = connect.cleanSession() ? ConnectFlags.CLEAN_SESSION : 0;
        Will will = connect.will();
        if (will != null) {
            flags |= ConnectFlags.WILL | (will.qos().level() << ConnectFlags.WILL_QOS_SHIFT);
            flags |= will.retain() ? ConnectFlags.WILL_RETAIN : 0;
        }
        flags |= connect.userName() != null ? ConnectFlags.USER_NAME : 0;
        flags |= connect.password() != null ? ConnectFlags.PASSWORD : 0;
        return flags;
    }
}
