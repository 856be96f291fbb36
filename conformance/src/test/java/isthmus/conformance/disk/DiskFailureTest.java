package isthmus.conformance.disk;

import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.RawClient;
import java.time.Duration;
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
}
