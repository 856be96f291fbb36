package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.limits.SharedBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packets as bytes: what tests write down and feed to a decoder. */
final class Bytes {
    /** A CONNECT of the client "a" with a clean session: what every connection begins with. */
    static final String CONNECT = "10 0d 0004 4d515454 04 02 003c 0001 61";

    static final int MAX_PACKET = 1024;
    static final int MAX_TOPIC = 64;
    static final int MAX_LEVELS = 5;

    private Bytes() {}

    static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    /** Text as a string field, in hex. */
    static String field(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return String.format("%04x", bytes.length) + ByteBufUtil.hexDump(bytes);
    }

    /** A packet with its remaining length (at most 127), in hex. */
    static String packet(String firstByte, String body) {
        String bare = body.replace(" ", "");
        return firstByte + String.format("%02x", bare.length() / 2) + bare;
    }

    /** Bytes in pieces of one length; the last may be shorter. */
    static List<ByteBuf> pieces(ByteBufAllocator memory, byte[] bytes, int length) {
        List<ByteBuf> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += length) {
            int until = Math.min(from + length, bytes.length);
            pieces.add(memory.heapBuffer(until - from).writeBytes(bytes, from, until - from));
        }
        return pieces;
    }

    /** A decoder that shares with nobody. */
    static PacketDecoder decoder(int maxPacketBytes) {
        PacketLimits limits = new PacketLimits(maxPacketBytes, maxPacketBytes, MAX_TOPIC, MAX_LEVELS);
        return new PacketDecoder(limits, new PacketReader(limits), new SharedBytes(Long.MAX_VALUE));
    }

    static Decoded decode(String... chunks) {
        return decode(List.of(chunks).stream().map(Bytes::hex).toList());
    }

    /** Feeds chunks to a new decoder. */
    static Decoded decode(List<ByteBuf> chunks) {
        return decode(ByteBufAllocator.DEFAULT, chunks);
    }

    /** Feeds chunks to a new decoder, which takes its buffers from the allocator. */
    static Decoded decode(ByteBufAllocator memory, List<ByteBuf> chunks) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(memory);
        channel.pipeline().addLast(decoder(MAX_PACKET));
        List<ProtocolViolation> violations = new ArrayList<>();
        List<Packet> packets = new ArrayList<>();
        for (ByteBuf chunk : chunks) {
            try {
                channel.writeInbound(chunk);
            } catch (ProtocolViolation violation) {
                violations.add(violation);
            }
        }
        try {
            channel.finish();
        } catch (ProtocolViolation violation) {
            violations.add(violation);
        }
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            packets.add((Packet) message);
        }
        return new Decoded(packets, violations);
    }

    /** What came out of the decoder. */
    record Decoded(List<Packet> packets, List<ProtocolViolation> violations) {
        Packet last() {
            return packets.get(packets.size() - 1);
        }
    }
}
