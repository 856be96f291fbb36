package isthmus.conformance.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How often a second the disk can be waited for: what one message after the other would be bounded by. */
final class DiskSpeed {
    private static final int TIMES = 3;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    private static final int BLOCK_BYTES = 4096;

    private DiskSpeed() {}

    static List<Double> of(Path directory) {
        Path file = directory.resolve("disk-speed");
        List<Double> speeds = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < TIMES; i++) {
                speeds.add(measure(channel));
            }
            Files.delete(file);
            return speeds;
        } catch (IOException e) {
            throw new BenchFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static double measure(FileChannel channel) throws IOException {
        long began = System.nanoTime();
        long count = 0;
        long took = 0;
        while (took < NANOS) {
            channel.write(ByteBuffer.allocate(BLOCK_BYTES));
            channel.force(false);
            count++;
            took = System.nanoTime() - began;
        }
        return count * 1e9 / took;
    }
}
