package isthmus.queue.embedded;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/**
 * Restores bodies that RocketMQ clients compressed (they do so above 4 KiB). Bounded, which RocketMQ's own code is not:
 * four mebibytes that a client sends may unfold to gigabytes.
 */
final class Decompression {
    static final int MAX_BYTES = 16 << 20;

    private Decompression() {}

    /** @throws IOException with half a sentence that says what is wrong with the body */
    static byte[] decompress(byte[] stored, int sysFlag) throws IOException {
        byte[] restored;
        try (InputStream stream = open(new ByteArrayInputStream(stored), sysFlag)) {
            restored = stream.readNBytes(MAX_BYTES + 1);
        } catch (IOException | RuntimeException damaged) {
            throw new IOException(
                    "it cannot be decompressed (" + damaged.getClass().getSimpleName() + ")", damaged);
        }
        if (restored.length > MAX_BYTES) {
            throw new IOException("it unfolds to more than " + MAX_BYTES + " bytes");
        }
        return restored;
    }

    private static InputStream open(InputStream stored, int sysFlag) throws IOException {
        return switch (sysFlag & MessageSysFlag.COMPRESSION_TYPE_COMPARATOR) {
            case MessageSysFlag.COMPRESSION_LZ4_TYPE -> new LZ4FrameInputStream(stored);
            case MessageSysFlag.COMPRESSION_ZSTD_TYPE -> new ZstdInputStream(stored);
            // Clients before 4.9 set no type: zlib.
            default -> new InflaterInputStream(stored);
        };
    }
}
