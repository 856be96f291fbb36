package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.SessionStore.IndexEntries;
import isthmus.gateway.spi.SessionStore.RetainedView;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.CursorMoved;
import isthmus.gateway.spi.StoreChange.FeedMoved;
import isthmus.gateway.spi.StoreChange.Indexed;
import isthmus.gateway.spi.StoreChange.RetainedSet;
import isthmus.gateway.spi.StoreChange.SessionOpened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreConcurrencyTest {
    private static final int THREADS = 4;
    private static final int CHANGES = 5_000;

    @TempDir
    Path directory;

    @Test
    void manyThreadsWriteEachInItsOwnOrder() throws Exception {
        try (RocksSessionStore store = RocksSessionStore.open(directory, false)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                String client = "client" + t;
                threads.add(new Thread(() -> {
                    CompletableFuture<Void> last = write(store, new SessionOpened(client, 1, -1));
                    for (int i = 0; i < CHANGES; i++) {
                        last = write(store, new CursorMoved(client, i));
                    }
                    last.join();
                }));
            }
            Thread feed = new Thread(() -> {
                for (int i = 0; i < CHANGES; i++) {
                    store.writeNow(List.of(new Indexed(1, i), new FeedMoved(i)));
                }
            });
            threads.add(feed);
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (RocksSessionStore store = RocksSessionStore.open(directory, false)) {
            assertThat(store.sessions()).hasSize(THREADS).allMatch(session -> session.cursor() == CHANGES - 1);
            assertThat(store.feedPosition()).isEqualTo(CHANGES - 1);
        }
    }

    @Test
    void readersAndWritersThatRunIntoTheClosingGetAnException() throws Exception {
        for (int round = 0; round < 10; round++) {
            RocksSessionStore store = RocksSessionStore.open(directory.resolve("round" + round), false);
            List<Runnable> work = List.of(
                    () -> readIndex(store),
                    () -> readRetained(store),
                    () -> store.writeNow(List.of(new Indexed(1, System.nanoTime() >>> 1))),
                    () -> write(store, new RetainedSet(message("a/b"))).join());
            CountDownLatch running = new CountDownLatch(work.size());
            AtomicReference<Throwable> unexpected = new AtomicReference<>();
            List<Thread> threads = work.stream()
                    .map(task -> new Thread(() -> repeat(task, running, unexpected)))
                    .toList();
            threads.forEach(Thread::start);
            running.await();
            store.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(unexpected.get()).isNull();
        }
    }

    /** Until the store is closed, which is the only way in which it may end. */
    private static void repeat(Runnable task, CountDownLatch running, AtomicReference<Throwable> unexpected) {
        try {
            for (int i = 0; ; i++) {
                task.run();
                if (i == 50) {
                    running.countDown();
                }
            }
        } catch (RuntimeException e) {
            Throwable failure = e.getCause() instanceof StoreFailure ? e.getCause() : e;
            if (!(failure instanceof StoreFailure) || !failure.getMessage().contains("is closed")) {
                unexpected.set(e);
                running.countDown();
            }
        }
    }

    private static void readIndex(RocksSessionStore store) {
        try (IndexEntries entries = store.index(1, -1)) {
            for (int i = 0; i < 100 && entries.next() >= 0; i++) {
                assertThat(i).isLessThan(100);
            }
        }
    }

    private static void readRetained(RocksSessionStore store) {
        try (RetainedView view = store.retained()) {
            assertThat(view.find("a/#", "", 10)).hasSizeLessThanOrEqualTo(1);
        }
    }

    private static CompletableFuture<Void> write(RocksSessionStore store, StoreChange change) {
        return store.write(List.of(change)).toCompletableFuture();
    }

    private static LoggedMessage message(String topic) {
        return new LoggedMessage(1, topic, topic, Payload.wrap(new byte[] {1}), QoS.AT_LEAST_ONCE, true, null, false);
    }
}
