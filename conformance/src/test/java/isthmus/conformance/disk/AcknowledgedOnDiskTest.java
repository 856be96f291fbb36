package isthmus.conformance.disk;

import static isthmus.conformance.disk.SystemCalls.bytes;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.unsubAck;
import static isthmus.conformance.fixture.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.disk.SystemCalls.Call;
import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * With {@code flush: sync} the disk has what is acknowledged, and the steps of QoS 2, before the socket has the answer: in
 * the order of the system calls of the assembled server.
 */
class AcknowledgedOnDiskTest extends SyncedServerTest {
    private static final String TOPIC = "Raw/disk";
    private static final int TWO = 0x7002;
    private static final int THREE = 0x7003;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aPublisherIsAnsweredWhenTheDiskHasTheMessage() throws Exception {
        try (RawClient client = connect("publisher", connAck(0));
                RocketMqApplication application =
                        new RocketMqApplication(server, GROUP, TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
                Strace strace = Strace.attach(server.process(), directory)) {
            String once = publish(TOPIC, 1, ONE, "once");
            String twice = publish(TOPIC, 2, TWO, "twice");
            exchange(client, once, pubAck(ONE));
            exchange(client, twice, pubRec(TWO));
            application.send("Raw", "", Map.of(), "from the application");

            SystemCalls calls = strace.stop();
            assertThat(calls.areWaitingForDiskBetween(bytes(once), bytes(pubAck(ONE)), commitLog()))
                    .as("PUBACK behind the log")
                    .isTrue();
            assertThat(calls.areWaitingForDiskBetween(bytes(twice), bytes(pubRec(TWO)), commitLog()))
                    .as("PUBREC behind the log")
                    .isTrue();
            assertThat(calls.areWaitingForDiskBetween("from the application", "queueOffset", commitLog()))
                    .as("the broker's answer behind the log")
                    .isTrue();
        }
    }

    @Test
    void aStoredSessionGoesOnWhenTheDiskHasTheStepBefore() throws Exception {
        try (RawClient publisher = connect("publisher", connAck(0));
                RawClient subscriber = connect("subscriber", connAck(0));
                Strace strace = Strace.attach(server.process(), directory)) {
            String subscribe = subscribe(ONE, TOPIC, 2);
            exchange(subscriber, subscribe, subAck(ONE, 2));
            String message = publish(TOPIC, 2, THREE, "three");
            exchange(publisher, message, pubRec(THREE));
            exchange(publisher, pubRel(THREE), pubComp(THREE));
            String delivered = publish(TOPIC, 2, 1, "three");
            assertThat(subscriber.receivePacket()).isEqualTo(delivered);
            exchange(subscriber, pubRec(1), pubRel(1));
            exchange(subscriber, unsubscribe(TWO, TOPIC), unsubAck(TWO));

            SystemCalls calls = strace.stop();
            assertThat(calls.areWaitingForDiskBetween(bytes(subscribe), bytes(subAck(ONE, 2)), sessionStore()))
                    .as("SUBACK behind the subscription")
                    .isTrue();
            assertThat(calls.areWaitingForDiskBetween(bytes(message), bytes(delivered), sessionStore()))
                    .as("PUBLISH to the subscriber behind its Packet Identifier")
                    .isTrue();
            assertThat(calls.areWaitingForDiskBetween(bytes(pubRec(1)), bytes(pubRel(1)), sessionStore()))
                    .as("PUBREL behind the PUBREC")
                    .isTrue();
            assertThat(calls.areWaitingForDiskBetween(bytes(pubRel(THREE)), bytes(pubComp(THREE)), sessionStore()))
                    .as("PUBCOMP behind the PUBREL")
                    .isTrue();
            assertThat(calls.areWaitingForDiskBetween(
                            bytes(unsubscribe(TWO, TOPIC)), bytes(unsubAck(TWO)), sessionStore()))
                    .as("UNSUBACK behind the subscription's end")
                    .isTrue();
        }
    }

    private static Predicate<Call> sessionStore() {
        return call -> call.text().matches("(?s).*/sessions/\\d+\\.log>.*");
    }

    /** The file that the log begins with, which the process has mapped. */
    private Predicate<Call> commitLog() throws IOException {
        try (Stream<String> mapped =
                Files.lines(Path.of("/proc", Long.toString(server.process().pid()), "maps"))) {
            String begin = mapped.filter(line -> line.endsWith("/commitlog/00000000000000000000"))
                    .map(line -> line.substring(0, line.indexOf('-')))
                    .findFirst()
                    .orElseThrow();
            return call -> call.name().equals("msync") && call.text().startsWith("0x" + begin + ",");
        }
    }
}
