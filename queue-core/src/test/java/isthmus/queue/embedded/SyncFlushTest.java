package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.Appended;
import isthmus.queue.embedded.EmbeddedSettings.Flush;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.store.MessageStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code flush: sync} a record is visible when the disk has it, and the feed is woken at that moment. */
@Tag("integration")
class SyncFlushTest {
    @TempDir
    Path directory;

    @Test
    void anAppendIsCompleteOnlyWhenTheDiskHasItAndManyShareAWait() throws Exception {
        int threads = 8;
        int each = 100;
        try (EmbeddedRocketMq queue =
                EmbeddedRocketMq.start(TestQueue.settings(directory).withFlush(Flush.SYNC))) {
            queue.createTopic("Telemetry");
            MessageStore store = queue.node().broker().getMessageStore();
            Set<Long> flushes = ConcurrentHashMap.newKeySet();
            AtomicInteger early = new AtomicInteger();
            List<CompletableFuture<?>> senders = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                senders.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < each; n++) {
                                queue.append(TestQueue.message("Telemetry", null, "m"))
                                        .thenAccept(appended -> {
                                            long flushed = store.getFlushedWhere();
                                            flushes.add(flushed);
                                            if (flushed <= appended.position()) {
                                                early.incrementAndGet();
                                            }
                                        })
                                        .toCompletableFuture()
                                        .join();
                            }
                        },
                        Executors.newSingleThreadExecutor(task -> daemon(task))));
            }
            CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(early).as("completed before they were on the disk").hasValue(0);
            assertThat(flushes).as("flushes for %s messages", threads * each).hasSizeLessThan(threads * each);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "sender");
        thread.setDaemon(true);
        return thread;
    }

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
