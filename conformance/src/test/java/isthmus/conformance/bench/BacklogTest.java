package isthmus.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.bench.load.BacklogLoad;
import isthmus.conformance.bench.load.MessageLoad;
import isthmus.conformance.bench.load.Outcome;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.SignOn;
import isthmus.conformance.bench.load.Traffic;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small form of the benchmark's {@code backlog}: what holds for a million messages holds for fifty thousand. */
class BacklogTest {
    private static final int MESSAGES = 50_000;
    private static final int PAYLOAD_BYTES = 100;
    private static final int LIVE_MESSAGES_PER_SECOND = 200;
    private static final Duration RECEIVE_AT_MOST = Duration.ofSeconds(60);
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void aStoredSessionThatReturnsToALongBacklogGetsAllOfItInOrderBesideLiveTraffic() {
        try (TestServer server = TestServer.startWithSettings(directory.resolve("data"), ServerCommand.SHORT_LIVED)) {
            for (Service service : List.of(Service.QOS_1_STORED, Service.QOS_2_STORED)) {
                receiveBeside(server, service);
            }
        }
    }

    private static void receiveBeside(TestServer server, Service service) {
        InetSocketAddress address =
                new InetSocketAddress(server.tcp().getHost(), server.tcp().getPort());
        SignOn signOn = SignOn.signed("GID_Raw", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
        Traffic live = Traffic.steady(1, Service.QOS_1, LIVE_MESSAGES_PER_SECOND);
        String topic = service == Service.QOS_1_STORED ? "Raw" : "Norm";
        try (BacklogLoad backlog = BacklogLoad.prepare(address, signOn, topic, service, 1);
                MessageLoad pair = MessageLoad.connect(address, signOn, "Open", live)) {
            backlog.fill(MESSAGES, PAYLOAD_BYTES);
            long before = ProcessUsage.of(server.process().pid()).anonymousBytes();
            pair.start();
            CompletableFuture<BacklogLoad.Received> received =
                    CompletableFuture.supplyAsync(() -> backlog.receive(0, RECEIVE_AT_MOST));
            while (!received.isDone()) {
                pair.measure(Duration.ofMillis(200));
            }
            long after = ProcessUsage.of(server.process().pid()).anonymousBytes();

            assertThat(received.join().outcome()).as("%s", service).isEqualTo(new Outcome(MESSAGES, MESSAGES, 0, 0));
            Outcome beside = pair.finish();
            assertThat(beside).as("the live pair").isEqualTo(new Outcome(beside.sent(), beside.sent(), 0, 0));
            assertThat(after - before).as("growth of the server's memory").isLessThan(150 * MEBIBYTE);
        }
    }
}
