package isthmus.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.bench.load.BacklogLoad;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.SignOn;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start says about the stop before it. */
class RecoveryLineTest {
    private static final int MESSAGES = 5_000;

    @TempDir
    Path directory;

    @Test
    void aStartAfterAKillSaysInOneLineWhatWasRebuiltAndOneAfterAStopSaysNothing() {
        try (TestServer server = start()) {
            fill(server);
            server.process().close(); // SIGKILL
        }
        try (TestServer server = start()) {
            assertThat(server.log())
                    .containsPattern(
                            "Recovered: 5,\\d{3} messages in the log, [\\d,]+ of them checked again, [\\d,]+ routed again;"
                                    + " 1 stored sessions; ready after \\d+\\.\\d s");
            assertThat(server.stop()).isZero();
        }
        try (TestServer server = start()) {
            assertThat(server.log()).doesNotContain("Recovered:");
        }
    }

    private TestServer start() {
        return TestServer.startWithSettings(directory.resolve("data"), ServerCommand.SHORT_LIVED);
    }

    private static void fill(TestServer server) {
        InetSocketAddress address =
                new InetSocketAddress(server.tcp().getHost(), server.tcp().getPort());
        SignOn signOn = SignOn.signed("GID_Raw", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
        try (BacklogLoad load = BacklogLoad.prepare(address, signOn, "Raw", Service.QOS_1_STORED, 1)) {
            load.fill(MESSAGES, 100);
        }
    }
}
