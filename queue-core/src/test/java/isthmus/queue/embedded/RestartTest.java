package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.QueueAccount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops the embedded RocketMQ and starts it again on the same directory. */
@Tag("integration")
class RestartTest {
    @TempDir
    Path directory;

    @Test
    void aRestartGoesOnWhereTheFeedWas() throws Exception {
        RecordingHandler before = new RecordingHandler();
        Appended first;
        String key;
        try (EmbeddedRocketMq queue = TestQueue.startIn(directory)) {
            assertThat(queue.firstPosition()).isZero();
            assertThat(queue.endPosition()).isZero();
            assertThat(queue.topics()).isEmpty();
            assertThat(queue.node().broker().getMessageStore().getHaService())
                    .as("no port for replicas, which RocketMQ would open to everybody")
                    .isInstanceOf(StandaloneHaService.class);
            queue.createTopic("Telemetry");
            queue.createTopic("Telemetry");
            queue.createGroup("GID_App");
            queue.putAccount(new QueueAccount("ak", "sk", Set.of("*"), Set.of("*"), Set.of("*")));
            LogFeed feed = queue.openFeed(0, before);
            feed.watch(Set.of("Telemetry"));
            first = append(queue, "Telemetry", "one");
            await().until(() -> before.records.size() == 1);
            feed.close();
            append(queue, "Telemetry", "two");
            key = Files.readString(directory.resolve("broker.secret"));
        }
        RecordingHandler after = new RecordingHandler();
        try (EmbeddedRocketMq queue = TestQueue.startIn(directory)) {
            assertThat(queue.topics()).containsExactly("Telemetry");
            queue.openFeed(before.next.get(), after).watch(Set.of("Telemetry"));
            append(queue, "Telemetry", "three");
            await().until(() -> after.records.size() == 2);
            assertThat(after.bodies()).isEqualTo(List.of("two", "three"));
            assertThat(queue.read(first.position())).isPresent();
            queue.putAccount(new QueueAccount("ak", "sk2", Set.of(), Set.of(), Set.of()));
            assertThat(Files.readString(directory.resolve("broker.secret"))).isEqualTo(key);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("broker.secret"))))
                    .isEqualTo("rw-------");
        }
    }

    /** As when the process is killed while a record is copied: what is left of it is 0. */
    @Test
    void aMessageInTheMiddleOfWhichAKillCameIsNoMessageAndTheNextOneTakesItsPlace() throws Exception {
        Appended whole;
        Appended torn;
        try (EmbeddedRocketMq queue = TestQueue.startIn(directory)) {
            queue.createTopic("Telemetry");
            whole = append(queue, "Telemetry", "whole");
            torn = append(queue, "Telemetry", "torn");
        }
        Path store = directory.resolve("store");
        Files.createFile(store.resolve("abort"));
        zero(store.resolve("commitlog/00000000000000000000"), torn.position());
        try (EmbeddedRocketMq queue = TestQueue.startIn(directory)) {
            assertThat(queue.read(whole.position())).isPresent();
            assertThat(queue.endPosition()).isEqualTo(torn.position());
            assertThat(append(queue, "Telemetry", "next").position()).isEqualTo(torn.position());
        }
        Files.createFile(store.resolve("abort"));
        try (EmbeddedRocketMq queue = TestQueue.startIn(directory)) {
            assertThat(queue.read(torn.position())).as("a whole one stays").isPresent();
            assertThat(queue.endPosition()).isGreaterThan(torn.position());
        }
    }

    /** The last bytes of a record. */
    private static void zero(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer size = ByteBuffer.allocate(4);
            channel.read(size, position);
            channel.write(ByteBuffer.allocate(20), position + size.getInt(0) - 20);
        }
    }

    @Test
    void closingTakesSecondsAndEndsEverything() throws Exception {
        EmbeddedRocketMq queue = TestQueue.startIn(directory);
        queue.createTopic("Telemetry");
        append(queue, "Telemetry", "x");
        queue.openFeed(0, new RecordingHandler()).watch(Set.of("Telemetry"));

        long begun = System.nanoTime();
        queue.close();
        // Four when the machine is idle; without QuickStop it would be 17 at least.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));

        queue.close();
        assertThat(queue.append(TestQueue.message("Telemetry", null, "late")))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(AppendException.class);
        assertThatThrownBy(() -> queue.read(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.openFeed(0, new RecordingHandler())).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("isthmus-feed"));
    }
}
