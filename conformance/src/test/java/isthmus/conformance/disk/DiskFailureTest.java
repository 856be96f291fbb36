package isthmus.conformance.disk;

import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.RawClient;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A disk that fails once and then says that all is well, as Linux does: what it did not take is not acknowledged, and the
 * process ends rather than go on with it.
 */
class DiskFailureTest extends SyncedServerTest {
    private static final String TOPIC = "Raw/failing";
    private static final String DEVICE = "device";
    private static final String NEW_SESSION = connAck(0);
    private static final String SESSION_PRESENT = "20020100";
    private static final Duration END = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    /** An orderly stop would take seconds, and proves nothing here. */
    @AfterEach
    void kill() {
        if (server != null) {
            server.process().close();
        }
    }

    @Test
    void aMessageThatTheLogsDiskDidNotTakeIsNotAcknowledgedAndTheNextStartWritesItAgain() {
        String message = publish(TOPIC, 1, ONE, "in doubt");
        try (RawClient publisher = connect(DEVICE, NEW_SESSION);
                Strace strace = Strace.failOnce(server.process(), directory, "msync")) {
            assertThat(publisher.send(message).receiveToEnd()).isEmpty();
            assertThat(server.process().awaitExit(END)).isEqualTo(1);
        }
        assertThat(server.log()).contains("The disk has not taken what was written to", "/commitlog/0000");

        server = startServer();
        assertThat(server.log()).contains("KB of the log, from position", "were written again");
        try (RawClient publisher = connect(DEVICE, SESSION_PRESENT)) {
            exchange(publisher, message, pubAck(ONE));
        }
    }

    @Test
    void aSubscriptionThatTheSessionStoresDiskDidNotTakeIsNotAcknowledged() {
        String subscribe = subscribe(ONE, TOPIC, 1);
        try (RawClient subscriber = connect(DEVICE, NEW_SESSION);
                Strace strace = Strace.failOnce(server.process(), directory, "fdatasync")) {
            assertThat(subscriber.send(subscribe).receiveToEnd()).isEmpty();
            assertThat(server.process().awaitExit(END)).isEqualTo(1);
        }
        assertThat(server.log()).contains("The disk has not taken what was written to the session store in");

        server = startServer();
        try (RawClient subscriber = connect(DEVICE, SESSION_PRESENT)) {
            exchange(subscriber, subscribe, subAck(ONE, 1));
        }
    }

    /** The feed then waits for a store that will never write again, and whoever starts the server for the feed. */
    @Test
    void aServerWhoseDiskFailsBeforeItIsReadyEndsAndDoesNotWaitForEver() throws IOException {
        try (RawClient publisher = connect(DEVICE, NEW_SESSION)) {
            exchange(publisher, subscribe(ONE, TOPIC, 1), subAck(ONE, 1));
            exchange(publisher, publish(TOPIC, 1, ONE, "to be found again"), pubAck(ONE));
        }
        kill();
        server.process().awaitExit(END);
        Set<Path> before = storeLogs();
        for (Path log : before) {
            loseTheEnd(log);
        }
        try (CapturedProcess starting = beginToStart()) {
            Path opened = await().atMost(END).pollInterval(POLL).until(() -> newStoreLog(before), Objects::nonNull);
            starting.signal("STOP"); // strace may take its time, in which the server would become ready
            try (Strace strace = Strace.failOnce(starting, directory, "write", opened)) {
                starting.signal("CONT");
                assertThat(starting.awaitExit(END)).isEqualTo(1);
            }
            assertThat(starting.output())
                    .contains("The disk has not taken what was written to the session store in")
                    .doesNotContain("Isthmus is ready.");
        }
    }

    /** As a loss of power may: what was written last is gone, so that the feed has to write it once more. */
    private static void loseTheEnd(Path storeLog) throws IOException {
        try (FileChannel channel = FileChannel.open(storeLog, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
    }

    /**
     * What the session store writes to, once it has written that it was opened, which is long before the feed; null until
     * then.
     */
    private @Nullable Path newStoreLog(Set<Path> before) throws IOException {
        for (Path log : storeLogs()) {
            if (!before.contains(log) && read(log).contains("openings")) {
                return log;
            }
        }
        return null;
    }

    /** Empty when the session store has just removed it. */
    private static String read(Path log) throws IOException {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Set<Path> storeLogs() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/sessions"))) {
            return files.filter(file -> file.toString().endsWith(".log")).collect(Collectors.toSet());
        }
    }
}
