package isthmus.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import isthmus.gateway.codec.Bytes.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger sends becomes packets and at most one violation, the same however it is cut into pieces. */
class RandomBytesTest {
    private static final int STREAMS = 1_000;
    private static final String SESSION = Bytes.CONNECT
            + Bytes.packet("32", Bytes.field("a/b") + "0007 cafe")
            + Bytes.packet("82", "0001" + Bytes.field("a/+/#") + "01" + Bytes.field("b") + "00")
            + Bytes.packet("a2", "0002" + Bytes.field("a/+/#"))
            + "40 02 0001 50 02 0001 62 02 0001 70 02 0001 c0 00"
            + Bytes.packet("3d", Bytes.field("设备") + "0009" + "00".repeat(60))
            + "e0 00";

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aDamagedSessionIsPacketsAndAtMostOneViolation(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STREAMS; i++) {
            byte[] bytes = ByteBufUtil.getBytes(Bytes.hex(SESSION));
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertHarmless(bytes, random);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void noiseAfterConnectIsPacketsAndAtMostOneViolation(long seed) {
        Random random = new Random(seed);
        byte[] connect = ByteBufUtil.getBytes(Bytes.hex(Bytes.CONNECT));
        for (int i = 0; i < STREAMS; i++) {
            byte[] noise = new byte[connect.length + random.nextInt(100)];
            random.nextBytes(noise);
            System.arraycopy(connect, 0, noise, 0, connect.length);
            assertHarmless(noise, random);
        }
    }

    private static void assertHarmless(byte[] bytes, Random random) {
        Decoded whole = Bytes.decode(List.of(Unpooled.copiedBuffer(bytes)));
        Decoded inPieces = Bytes.decode(pieces(bytes, random));

        assertThat(whole.violations()).as(() -> ByteBufUtil.hexDump(bytes)).hasSizeLessThan(2);
        assertThat(inPieces.packets()).as(() -> ByteBufUtil.hexDump(bytes)).isEqualTo(whole.packets());
        assertThat(inPieces.violations()).hasSameSizeAs(whole.violations());
    }

    private static List<ByteBuf> pieces(byte[] bytes, Random random) {
        List<ByteBuf> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(20), bytes.length - from);
            pieces.add(Unpooled.copiedBuffer(bytes, from, length));
            from += length;
        }
        return pieces;
    }
}
