package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.Compressor;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against RocketMQ's own compressors. */
class DecompressionTest {
    private static int sysFlag(CompressionType type) {
        return type.getCompressionFlag() | MessageSysFlag.COMPRESSED_FLAG;
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void whatClientsCompressIsRestored(CompressionType type) throws Exception {
        byte[] body = new byte[20_000];
        new Random(3).nextBytes(body);
        byte[] stored = CompressorFactory.getCompressor(type).compress(body, 5);
        assertThat(Decompression.decompress(stored, sysFlag(type))).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void aBodyThatUnfoldsWithoutEndIsRefused(CompressionType type) throws Exception {
        Compressor compressor = CompressorFactory.getCompressor(type);
        byte[] bomb = compressor.compress(new byte[Decompression.MAX_BYTES + 1], 5);
        byte[] largest = compressor.compress(new byte[Decompression.MAX_BYTES], 5);
        assertThat(Decompression.decompress(largest, sysFlag(type))).hasSize(Decompression.MAX_BYTES);
        assertThatThrownBy(() -> Decompression.decompress(bomb, sysFlag(type)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void aBodyThatIsNotCompressedIsRefused(CompressionType type) {
        assertThatThrownBy(() -> Decompression.decompress("plain text".getBytes(), sysFlag(type)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be decompressed");
    }
}
