package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.Appended;
import isthmus.queue.embedded.EmbeddedSettings.Flush;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code flush: sync} a record is visible when the disk has it, and the feed is woken at that moment. */
class SyncFlushTest {
    @TempDir
    Path directory;

    @Test
    void theFeedHasARecordSoonAfterTheDiskHasIt() throws Exception {
        try (EmbeddedRocketMq queue =
                EmbeddedRocketMq.start(TestQueue.settings(directory).withFlush(Flush.SYNC))) {
            queue.createTopic("Telemetry");
            RecordingHandler handler = new RecordingHandler();
            queue.openFeed(0, handler).watch(Set.of("Telemetry"));
            long begun = System.nanoTime();
            for (int i = 1; i <= 20; i++) {
                Appended appended = append(queue, "Telemetry", "m" + i);
                assertThat(queue.endPosition()).isGreaterThan(appended.position());
                int count = i;
                await().pollInterval(Duration.ofMillis(2)).until(() -> handler.records.size() == count);
            }
            // Without the wake-up each of them would wait for the second after which a parked feed looks by itself.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
