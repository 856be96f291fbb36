package isthmus.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import isthmus.gateway.codec.Bytes.Decoded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a stranger sends becomes packets and at most one violation, the same however it is cut into pieces; and the
 * packets written again are the bytes that came.
 */
class PacketReaderFuzzTest {
    /** Bit of the first byte: the stream goes on after a CONNECT, and need not find one out. */
    private static final int AFTER_CONNECT = 0x80;

    /** The first byte is {@link #AFTER_CONNECT} or 0, plus the length of the pieces; the others are the stream. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "05" + Bytes.CONNECT + Bytes.packet("32", Bytes.field("a/b") + "0007 cafe") + "c0 00 e0 00",
                        "03"
                                + Bytes.packet(
                                        "10",
                                        Bytes.field("MQTT") + "04 ee 003c" + Bytes.field("c") + Bytes.field("w/t")
                                                + Bytes.field("gone") + Bytes.field("user") + Bytes.field("secret")),
                        "01" + Bytes.packet("10", Bytes.field("MQIsdp") + "03 02 003c" + Bytes.field("c")),
                        "84" + Bytes.packet("82", "0001" + Bytes.field("a/+/#") + "01" + Bytes.field("b") + "00"),
                        "87" + Bytes.packet("a2", "0002" + Bytes.field("a/+/#") + Bytes.field("+")),
                        "82 40 02 0001 50 02 0001 62 02 0001 70 02 0001 c0 00",
                        "90" + Bytes.packet("3d", Bytes.field("设备") + "0009" + "00".repeat(60)),
                        "80 30 84 80 80 00 00 01 61 ff",
                        "00 47 45 54 20 2f",
                        "00 16 03 01 00 00")
                .map(hex -> ByteBufUtil.getBytes(Bytes.hex(hex)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesArePacketsAndAtMostOneViolation(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = stream(input);
        int pieceLength = Math.max(1, input[0] & ~AFTER_CONNECT);

        Decoded whole = decode(stream, Math.max(1, stream.length));
        Decoded inPieces = decode(stream, pieceLength);

        assertThat(inPieces.packets()).isEqualTo(whole.packets());
        assertThat(inPieces.violations()).hasSameSizeAs(whole.violations());
        assertThat(whole.violations()).hasSizeLessThan(2).allSatisfy(violation -> {
            assertThat(violation.statement()).isNotBlank();
            assertThat(violation.getMessage()).isNotBlank().hasSizeLessThan(500).doesNotContain("\n");
        });
        assertThatWrittenPacketsAreTheStream(whole.packets(), Unpooled.wrappedBuffer(stream));
    }

    private static byte[] stream(byte[] input) {
        boolean afterConnect = (input[0] & AFTER_CONNECT) != 0;
        ByteBuf rest = Unpooled.wrappedBuffer(input, 1, input.length - 1);
        return ByteBufUtil.getBytes(afterConnect ? Unpooled.wrappedBuffer(Bytes.hex(Bytes.CONNECT), rest) : rest);
    }

    /** With an account of every buffer: nothing is held when the connection is gone. */
    private static Decoded decode(byte[] stream, int pieceLength) {
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        Decoded decoded = Bytes.decode(memory, Bytes.pieces(memory, stream, pieceLength));
        assertThat(memory.metric().usedHeapMemory())
                .as("bytes of leaked buffers")
                .isZero();
        return decoded;
    }

    private static void assertThatWrittenPacketsAreTheStream(List<Packet> packets, ByteBuf stream) {
        for (Packet packet : packets) {
            ByteBuf came = withShortestLength(stream);
            if (!(packet instanceof Packet.UnsupportedProtocol)) {
                assertThat(ByteBufUtil.hexDump(written(packet)))
                        .as(packet.toString())
                        .isEqualTo(ByteBufUtil.hexDump(came));
            }
        }
    }

    private static ByteBuf written(Packet packet) {
        ByteBuf out = Unpooled.buffer();
        PacketWriter.write(packet, out);
        return out;
    }

    /** The next packet of a stream. MQTT 3.1.1 lets senders write its length in more bytes than it needs. */
    private static ByteBuf withShortestLength(ByteBuf stream) {
        ByteBuf packet = Unpooled.buffer().writeByte(stream.readByte());
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = stream.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit >= 0x80);
        int left = length;
        do {
            packet.writeByte(left >= 0x80 ? left & 0x7f | 0x80 : left);
            left >>= 7;
        } while (left > 0);
        return packet.writeBytes(stream, length);
    }
}
