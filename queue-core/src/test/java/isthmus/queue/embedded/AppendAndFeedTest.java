package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static isthmus.queue.embedded.TestQueue.body;
import static isthmus.queue.embedded.TestQueue.message;
import static isthmus.queue.embedded.TestQueue.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.rocketmq.store.RunningFlags;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends in process and reads back: by the feed, by position, by range. One broker, with log files of 1 MiB. */
@Tag("integration")
class AppendAndFeedTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int MAX_BODY = 256 << 10;

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;

    private final List<LogFeed> feeds = new ArrayList<>();

    @BeforeAll
    static void start() {
        queue = EmbeddedRocketMq.start(TestQueue.settings(directory).withSizes(MEBIBYTE, MAX_BODY));
        queue.createTopic("Telemetry");
        queue.createTopic("Commands");
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @AfterEach
    void closeFeeds() {
        feeds.forEach(LogFeed::close);
    }

    private LogFeed open(long from, RecordingHandler handler, String... topics) {
        LogFeed feed = queue.openFeed(from, handler);
        feeds.add(feed);
        feed.watch(Set.of(topics));
        return feed;
    }

    @Test
    void aRecordReachesTheFeedWithEverythingThatWasAppended() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        open(queue.endPosition(), handler, "Telemetry");
        MessageProperties properties = MessageProperties.builder()
                .add("mqttSecondTopic", "/温度/a")
                .add("KEYS", "k1")
                .build();

        Appended appended =
                append(queue, new QueueMessage("Telemetry", "device", "MQ2MQTT", properties, body("21.5 °C")));

        await().until(() -> handler.records.size() == 1);
        LogRecord record = handler.records.get(0);
        assertThat(record.position()).isEqualTo(appended.position());
        assertThat(record.topic()).isEqualTo("Telemetry");
        assertThat(text(record.body())).isEqualTo("21.5 °C");
        assertThat(record.properties().get("TAGS")).isEqualTo("MQ2MQTT");
        assertThat(record.properties().get("KEYS")).isEqualTo("k1");
        assertThat(record.properties().get("mqttSecondTopic")).isEqualTo("/温度/a");
        assertThat(record.properties().get("UNIQ_KEY")).isEqualTo(appended.messageId());
        assertThat(record.bornMillis())
                .isLessThanOrEqualTo(record.storedMillis())
                .isPositive();
        assertThat(record.position() + record.size()).isEqualTo(handler.next.get());
    }

    @Test
    void everyRecordOfSeveralThreadsArrivesOnceInLogOrderOverManyFiles() throws Exception {
        long filesBefore = logFiles();
        RecordingHandler handler = new RecordingHandler();
        open(queue.endPosition(), handler, "Telemetry");
        Map<String, Long> stored = appendFromThreads(4, 2_000);

        await().atMost(30, TimeUnit.SECONDS).until(() -> handler.records.size() >= stored.size());

        assertThat(logFiles() - filesBefore).isGreaterThan(5);
        List<Long> positions = handler.records.stream().map(LogRecord::position).toList();
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        Map<String, Long> seen = new HashMap<>();
        handler.records.forEach(record -> seen.put(
                record.properties().get("thread") + "/" + record.properties().get("n"), record.position()));
        assertThat(seen).isEqualTo(stored);
        assertOrderPerThread(handler.records);
        assertThat(handler.largestBatch.get()).isLessThanOrEqualTo(CommitLogReader.BATCH);
    }

    @Test
    void aFullDiskIsNoSecret() {
        RunningFlags flags = queue.node().broker().getMessageStore().getRunningFlags();
        assertThat(queue.takesMessages()).isTrue();
        flags.getAndMakeDiskFull(); // as RocketMQ does when nine tenths of a disk are used
        try {
            assertThat(queue.takesMessages()).isFalse();
        } finally {
            flags.getAndMakeDiskOK();
        }
        assertThat(queue.takesMessages()).isTrue();
    }

    private static Map<String, Long> appendFromThreads(int threads, int each) throws Exception {
        ConcurrentLinkedQueue<Map.Entry<String, Long>> stored = new ConcurrentLinkedQueue<>();
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            String name = "t" + t;
            Thread writer = new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    MessageProperties properties = MessageProperties.builder()
                            .add("thread", name)
                            .add("n", Integer.toString(n))
                            .build();
                    Body body = Body.wrap(new byte[(n * 37) % 2_000]);
                    Appended appended = queue.append(new QueueMessage("Telemetry", name, null, properties, body))
                            .toCompletableFuture()
                            .join();
                    stored.add(Map.entry(name + "/" + n, appended.position()));
                }
            });
            writers.add(writer);
            writer.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        Map<String, Long> all = new HashMap<>();
        stored.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        assertThat(all).hasSize(threads * each);
        return all;
    }

    private static void assertOrderPerThread(List<LogRecord> records) {
        Map<String, Integer> last = new HashMap<>();
        Map<String, Set<Integer>> queues = new HashMap<>();
        for (LogRecord record : records) {
            String thread = record.properties().get("thread");
            int n = Integer.parseInt(record.properties().get("n"));
            assertThat(n).isEqualTo(last.getOrDefault(thread, -1) + 1);
            last.put(thread, n);
            queues.computeIfAbsent(thread, key -> new HashSet<>()).add(record.queueId());
        }
        assertThat(queues.values()).as("one sharding key, one queue").allMatch(ids -> ids.size() == 1);
    }

    private static long logFiles() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("store/commitlog"))) {
            return files.count();
        }
    }

    @Test
    void aTaskRunsAfterEveryRecordThatWasInTheLogWhenItWasHandedIn() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = open(queue.endPosition(), handler, "Telemetry");
        int rounds = 300;
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Set<Long>>> seenAtTask = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            positions.add(append(queue, "Telemetry", "m" + i).position());
            int round = i;
            CompletableFuture<Set<Long>> seen = new CompletableFuture<>();
            seenAtTask.add(seen);
            feed.execute(() -> {
                order.add(round);
                seen.complete(new HashSet<>(
                        handler.records.stream().map(LogRecord::position).toList()));
            });
        }
        for (int i = 0; i < rounds; i++) {
            assertThat(seenAtTask.get(i).get(10, TimeUnit.SECONDS)).containsAll(positions.subList(0, i + 1));
        }
        assertThat(order).isSorted().hasSize(rounds);
    }

    @Test
    void aTaskRunsBeforeAnyRecordThatIsAppendedAfterItWasHandedIn() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = open(queue.endPosition(), handler, "Telemetry");
        CompletableFuture<Void> released = new CompletableFuture<>();
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        feed.execute(released::join);
        append(queue, "Telemetry", "before");
        feed.execute(() -> seen.complete(List.copyOf(handler.bodies())));
        append(queue, "Telemetry", "after");
        released.complete(null);
        assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("before");
        await().until(() -> handler.bodies().equals(List.of("before", "after")));
    }

    @Test
    void aTaskLearnsTheProgressOverForeignRecordsBeforeItRuns() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = open(queue.endPosition(), handler, "Telemetry");
        append(queue, "Commands", "not watched");
        long end = queue.endPosition();
        CompletableFuture<Long> known = new CompletableFuture<>();
        feed.execute(() -> known.complete(handler.next.get()));
        assertThat(known.get(10, TimeUnit.SECONDS)).isEqualTo(end);
        assertThat(handler.records).isEmpty();
        assertThat(feed.position()).isEqualTo(end);
    }

    @Test
    void foreignRecordsAreReportedRarely() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        open(queue.endPosition(), handler, "Telemetry");
        long begun = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            append(queue, "Commands", "x");
        }
        long end = queue.endPosition();
        await().until(() -> handler.next.get() == end);
        long tenths = (System.nanoTime() - begun) / 100_000_000 + 2;
        assertThat(handler.calls.get()).isLessThanOrEqualTo(tenths);
        assertThat(handler.records).isEmpty();
    }

    @Test
    void watchingAnotherTopicHoldsFromTheNextRecordOn() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = open(queue.endPosition(), handler, "Telemetry");
        append(queue, "Telemetry", "one");
        append(queue, "Commands", "unseen");
        await().until(() -> feed.position() == queue.endPosition());
        feed.watch(Set.of("Commands", "Telemetry"));
        append(queue, "Commands", "two");
        append(queue, "Telemetry", "three");
        await().until(() -> handler.records.size() == 3);
        assertThat(handler.bodies()).containsExactly("one", "two", "three");
    }

    @Test
    void aFeedOpenedAtASavedPositionGoesOnThere() throws Exception {
        append(queue, "Telemetry", "before");
        long saved = queue.endPosition();
        append(queue, "Telemetry", "a");
        append(queue, "Telemetry", "b");
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = queue.openFeed(saved, handler);
        feeds.add(feed);
        CompletableFuture<Void> running = new CompletableFuture<>();
        feed.execute(() -> running.complete(null));
        assertThat(running)
                .as("nothing is read before it is known what to watch")
                .isNotDone();
        feed.watch(Set.of("Telemetry"));
        await().until(() -> handler.records.size() == 2 && running.isDone());
        assertThat(handler.bodies()).containsExactly("a", "b");
    }

    @Test
    void aPositionBeyondTheLogMeansItsEnd() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = open(queue.endPosition() + 1_000_000, handler, "Telemetry");
        assertThat(feed.position()).isEqualTo(queue.endPosition());
        append(queue, "Telemetry", "new");
        await().until(() -> handler.records.size() == 1);
        assertThat(handler.gaps).isEmpty();
    }

    @Test
    void aFailingHandlerIsToldAndTheFeedStops() throws Exception {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void onRecords(List<LogRecord> batch, long position) {
                throw new IllegalStateException("handler broke");
            }
        };
        open(queue.endPosition(), handler, "Telemetry");
        append(queue, "Telemetry", "poison");
        await().until(() -> handler.failure != null);
        assertThat(handler.failure).hasMessage("handler broke");
    }

    @Test
    void aFailingTaskDoesNotStopTheFeed() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = open(queue.endPosition(), handler, "Telemetry");
        feed.execute(() -> {
            throw new IllegalStateException("task broke");
        });
        append(queue, "Telemetry", "after");
        await().until(() -> handler.bodies().equals(List.of("after")));
        assertThat(handler.failure).isNull();
    }

    @Test
    void thereIsOneFeedAtATime() {
        open(queue.endPosition(), new RecordingHandler());
        assertThatThrownBy(() -> queue.openFeed(0, new RecordingHandler()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("open already");
    }

    @Test
    void closingTheFeedFromItsOwnThreadDoesNotHang() {
        LogFeed feed = open(queue.endPosition(), new RecordingHandler());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        feed.execute(() -> {
            feed.close();
            closed.complete(null);
        });
        await().until(closed::isDone);
    }

    @Test
    void oneRecordIsReadByItsPosition() throws Exception {
        Appended appended = append(queue, "Telemetry", "find me");
        LogRecord record = queue.read(appended.position()).orElseThrow();
        assertThat(text(record.body())).isEqualTo("find me");
        assertThat(record.topic()).isEqualTo("Telemetry");
        assertThat(record.properties().get("UNIQ_KEY")).isEqualTo(appended.messageId());
    }

    @Test
    void aPositionThatIsNoRecordsFails() throws Exception {
        Appended appended = append(queue, "Telemetry", "whole");
        assertThatThrownBy(() -> queue.read(appended.position() + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(appended.position() + 1));
        assertThatThrownBy(() -> queue.read(queue.endPosition())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRangeIsScannedInPiecesWithoutLossAcrossFiles() throws Exception {
        long from = queue.endPosition();
        List<Long> stored = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            stored.add(
                    append(queue, message("Telemetry", "k", "x".repeat(60_000))).position());
            append(queue, "Commands", "other");
        }
        long to = queue.endPosition();
        List<Long> seen = new ArrayList<>();
        long at = from;
        int pieces = 0;
        while (at < to) {
            at = queue.scan(at, to, Set.of("Telemetry"), 100_000, record -> seen.add(record.position()));
            pieces++;
        }
        assertThat(at).isEqualTo(to);
        assertThat(seen).isEqualTo(stored);
        assertThat(pieces).isGreaterThan(20);
    }

    @Test
    void aScanSmallerThanARecordStillGoesOn() throws Exception {
        long from = queue.endPosition();
        append(queue, "Telemetry", "x".repeat(5_000));
        long to = queue.endPosition();
        AtomicInteger seen = new AtomicInteger();
        assertThat(queue.scan(from, to, Set.of("Telemetry"), 10, record -> seen.incrementAndGet()))
                .isEqualTo(to);
        assertThat(seen).hasValue(1);
    }

    @Test
    void anUnknownTopicIsAFailedStage() {
        assertThat(reasonOf(message("NoSuchTopic", null, "x"))).isEqualTo(AppendException.Reason.UNKNOWN_TOPIC);
        assertThat(reasonOf(message("SCHEDULE_TOPIC_XXXX", null, "x"))).isEqualTo(AppendException.Reason.UNKNOWN_TOPIC);
    }

    @Test
    void oversizeIsAFailedStage() throws Exception {
        QueueMessage largest =
                new QueueMessage("Telemetry", null, null, MessageProperties.none(), Body.wrap(new byte[MAX_BODY]));
        append(queue, largest);
        QueueMessage body =
                new QueueMessage("Telemetry", null, null, MessageProperties.none(), Body.wrap(new byte[MAX_BODY + 1]));
        MessageProperties large =
                MessageProperties.builder().add("p", "x".repeat(32_768)).build();
        QueueMessage properties = new QueueMessage("Telemetry", null, null, large, body("x"));
        assertThat(reasonOf(body)).isEqualTo(AppendException.Reason.MESSAGE_ILLEGAL);
        assertThat(reasonOf(properties)).isEqualTo(AppendException.Reason.MESSAGE_ILLEGAL);
    }

    @Test
    void aTagThatWouldBreakThePropertiesIsAFailedStage() {
        QueueMessage message = new QueueMessage("Telemetry", null, "a\u0001b", MessageProperties.none(), body("x"));
        assertThat(reasonOf(message)).isEqualTo(AppendException.Reason.MESSAGE_ILLEGAL);
    }

    private static AppendException.Reason reasonOf(QueueMessage message) {
        CompletableFuture<Appended> stage = queue.append(message).toCompletableFuture();
        AtomicReference<AppendException> failure = new AtomicReference<>();
        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(AppendException.class, failure::set);
        assertThat(failure.get()).hasMessageContaining(message.topic());
        return failure.get().reason();
    }

    @Test
    void topicsAreListedWithoutRocketMqsOwn() {
        queue.createGroup("GID_Listed");
        assertThat(queue.topics()).containsExactlyInAnyOrder("Telemetry", "Commands");
    }

    @Test
    void badNamesAreRefusedWithTheRule() {
        assertThatThrownBy(() -> queue.createTopic("a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
        assertThatThrownBy(() -> queue.createTopic("SCHEDULE_TOPIC_XXXX"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RocketMQ's own");
        assertThatThrownBy(() -> queue.createGroup("")).isInstanceOf(IllegalArgumentException.class);
    }
}
