package isthmus.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.ConnectPacket;
import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own for each test, with {@code flush: sync}, for strace to watch. Who extends this stops it. */
abstract class SyncedServerTest {
    static final String GROUP = "GID_Raw";
    static final int ONE = 0x7001;
    private static final String SYNC = "queue.embedded.flush=sync";

    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        Strace.assumeInstalled();
        server = startServer();
    }

    /** With the data directory of the one before. */
    final TestServer startServer() {
        return TestServer.startWithSettings(directory.resolve("data"), ServerCommand.SHORT_LIVED, SYNC);
    }

    /** The same without waiting until it is ready. */
    final CapturedProcess beginToStart() {
        return TestServer.begin(directory.resolve("data"), ServerCommand.SHORT_LIVED, SYNC);
    }

    /** Clean Session 0. */
    final RawClient connect(String name, String answer) {
        RawClient client = RawClient.tcp(server.tcp());
        exchange(client, new ConnectPacket(GROUP + "@@@" + name).stored().hex(), answer);
        return client;
    }

    static void exchange(RawClient client, String packet, String answer) {
        assertThat(client.send(packet).receivePacket()).isEqualTo(answer);
    }
}
