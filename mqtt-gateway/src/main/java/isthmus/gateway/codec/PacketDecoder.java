package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.limits.SharedBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of one Network Connection into packets and hands them on as {@link Packet}s.
 *
 * <p>At the first {@link ProtocolViolation} it hands on the packets before it, then the violation through {@code
 * exceptionCaught}, once, and from then on it throws all bytes away. Only packets that a Client sends are accepted. The
 * order of packets is checked in one point only, because it is cheap and keeps strangers out: the first must be a
 * CONNECT.
 *
 * <p>Lives on the connection's event loop.
 */
public final class PacketDecoder extends ByteToMessageDecoder {
    private static final int CONNECT_FIRST_BYTE = PacketType.CONNECT.firstByte();
    /** Section 2.2.3: "the maximum number of bytes in the Remaining Length field is four". */
    private static final int MAX_LENGTH_BYTES = 4;

    private static final int INCOMPLETE = -1;

    private final PacketLimits limits;
    private final SharedBytes unfinished;
    private final PacketReader reader;
    private SharedBytes.@Nullable Share share;
    private boolean begun;
    /** The length of the packet whose end has not come, if its beginning says so. */
    private int wanted;

    private boolean failed;

    /**
     * For one connection.
     *
     * @param reader with the same limits
     * @param unfinished what the packets may take, all together, whose end has not come
     */
    public PacketDecoder(PacketLimits limits, PacketReader reader, SharedBytes unfinished) {
        this.limits = limits;
        this.reader = reader;
        this.unfinished = unfinished;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        hold(ctx, 0);
    }

    /** Takes one packet at most, so that the packets before a violation are handed on before it. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            hold(ctx, 0);
            return;
        }
        try {
            Packet packet = next(in);
            if (packet != null) {
                out.add(packet);
            }
        } catch (ProtocolViolation violation) {
            in.skipBytes(in.readableBytes());
            fail(ctx, violation);
        }
        hold(ctx, in.isReadable() ? Math.max(in.capacity(), wanted) : 0);
    }

    private void fail(ChannelHandlerContext ctx, ProtocolViolation violation) {
        if (!failed) {
            failed = true;
            ctx.fireExceptionCaught(violation);
        }
    }

    private static ProtocolViolation outOfMemory() {
        return new ProtocolViolation(
                Limit.INCOMING_BYTES,
                "too many packets have begun, and the end of this one has been missing the longest");
    }

    /** Packets mostly come whole: few connections ever have a share. */
    private void hold(ChannelHandlerContext ctx, long bytes) {
        if (share == null && bytes > 0) {
            share = unfinished.share(() -> ctx.executor().execute(() -> fail(ctx, outOfMemory())));
        }
        if (share != null) {
            share.hold(bytes);
        }
    }

    /** The next packet, or null when more bytes are needed; then nothing is consumed. */
    private @Nullable Packet next(ByteBuf in) {
        if (!in.isReadable()) {
            return null;
        }
        if (!begun) {
            requireConnect(in);
            begun = true;
        }
        wanted = 0;
        int start = in.readerIndex();
        int first = in.readUnsignedByte();
        PacketType type = PacketType.ofClient(first);
        int length = readRemainingLength(in, type);
        if (length == INCOMPLETE) {
            in.readerIndex(start);
            return null;
        }
        int total = in.readerIndex() - start + length;
        requireAllowed(type, total);
        if (in.readableBytes() < length) {
            wanted = total;
            in.readerIndex(start);
            return null;
        }
        return reader.read(first & 0x0F, new FieldReader(type, in, length));
    }

    private void requireAllowed(PacketType type, int total) {
        int most = type == PacketType.CONNECT
                ? Math.min(limits.connectBytes(), limits.packetBytes())
                : limits.packetBytes();
        if (total > most) {
            throw new ProtocolViolation(
                    total > limits.packetBytes() ? Limit.PACKET_BYTES : Limit.CONNECT_BYTES,
                    type + " of " + total + " bytes is too large (this server allows " + most + " bytes)");
        }
    }

    /** [MQTT-3.1.0-1] "… the first Packet sent from the Client to the Server MUST be a CONNECT Packet." */
    private static void requireConnect(ByteBuf in) {
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == CONNECT_FIRST_BYTE) {
            return;
        }
        ForeignProtocol foreign = ForeignProtocol.of(in);
        String sentence = foreign != null
                ? foreign.sentence()
                : String.format("the first byte is 0x%02x; a connection begins with a CONNECT (0x10)", first);
        throw new ProtocolViolation("MQTT-3.1.0-1", sentence);
    }

    private static int readRemainingLength(ByteBuf in, PacketType type) {
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            if (!in.isReadable()) {
                return INCOMPLETE;
            }
            int digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << (7 * i);
            if ((digit & 0x80) == 0) {
                return length;
            }
        }
        throw new ProtocolViolation(
                ProtocolViolation.GENERAL, type + " has a Remaining Length of more than four bytes (section 2.2.3)");
    }
}
