package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static isthmus.queue.embedded.TestQueue.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.Appended;
import isthmus.queue.api.LogRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.plugin.AbstractPluginMessageStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers see of records that retention has removed. */
@Tag("integration")
class RetentionTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void removedRecordsAreAGapToTheFeedAndAbsentToReaders() throws Exception {
        try (EmbeddedRocketMq queue =
                EmbeddedRocketMq.start(TestQueue.settings(directory).withSizes(MEBIBYTE, 64 << 10))) {
            queue.createTopic("Telemetry");
            List<Appended> stored = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                stored.add(append(queue, message("Telemetry", "k", "x".repeat(50_000))));
            }
            removeOldFiles(queue);
            long first = queue.firstPosition();
            assertThat(first).isPositive().isEqualTo((first / MEBIBYTE) * MEBIBYTE);

            RecordingHandler handler = new RecordingHandler();
            long from = stored.get(1).position();
            queue.openFeed(from, handler).watch(Set.of("Telemetry"));
            List<Long> left = stored.stream()
                    .map(Appended::position)
                    .filter(at -> at >= first)
                    .toList();
            await().until(() -> handler.records.size() == left.size());
            assertThat(handler.gaps).containsExactly(from + "-" + first);
            assertThat(handler.records.stream().map(LogRecord::position)).isEqualTo(left);

            assertThat(queue.read(0)).isEmpty();
            assertThat(queue.read(from)).isEmpty();
            assertThat(queue.read(left.get(0))).isPresent();
            List<Long> scanned = new ArrayList<>();
            long end = queue.scan(
                    0, queue.endPosition(), Set.of("Telemetry"), 100 << 20, record -> scanned.add(record.position()));
            assertThat(end).isEqualTo(queue.endPosition());
            assertThat(scanned).isEqualTo(left);
            assertThat(queue.scan(0, from, Set.of("Telemetry"), 1000, record -> scanned.add(-1L)))
                    .isEqualTo(from);
            assertThat(scanned).isEqualTo(left);
        }
    }

    /** What RocketMQ does by itself when files are older than the retention. */
    private static void removeOldFiles(EmbeddedRocketMq queue) {
        AbstractPluginMessageStore plugin =
                (AbstractPluginMessageStore) queue.node().broker().getMessageStore();
        DefaultMessageStore store = (DefaultMessageStore) plugin.getNext();
        await().until(() -> {
            store.getCommitLog().deleteExpiredFile(0, 0, 1_000, true, 2);
            return queue.firstPosition() >= 2 * MEBIBYTE;
        });
    }
}
