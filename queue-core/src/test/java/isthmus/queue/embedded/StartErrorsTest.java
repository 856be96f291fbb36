package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reason not to start is a sentence that names the setting, port or directory. */
class StartErrorsTest {
    @TempDir
    Path directory;

    private EmbeddedSettings settings(int nameServerPort, int brokerPort) {
        return TestQueue.settings(directory).withPorts(nameServerPort, brokerPort);
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            int port = taken.getLocalPort();
            assertRefused(settings(port, 0), "queue.embedded.nameServerPort", "port " + port);
            assertRefused(settings(0, port), "queue.embedded.brokerPort", "port " + port);
            assertRefused(settings(0, port + 2), "queue.embedded.brokerPort", "port " + port, "two below");
        }
    }

    @Test
    void aDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(TestQueue.settings(file), file.toString(), "cannot be written");
    }

    @Test
    void aDirectoryInUseIsNamed() {
        try (DataDirectory held = DataDirectory.open(directory)) {
            assertThat(held.path()).isEqualTo(directory);
            assertRefused(settings(0, 0), directory.toString(), "used by another process");
        }
    }

    @Test
    void aDamagedKeyOfTheBrokerIsNamedAndNotShown() throws Exception {
        Path file = directory.resolve("broker.secret");
        Files.writeString(file, "not a key");
        assertThatThrownBy(() -> EmbeddedRocketMq.start(settings(0, 0)))
                .isInstanceOf(QueueStartException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("not a key");
    }

    @Test
    void anAddressThatDoesNotExistIsNamed() {
        EmbeddedSettings settings = settings(0, 0);
        EmbeddedSettings elsewhere = new EmbeddedSettings(
                directory,
                "no-such-host.invalid",
                null,
                0,
                0,
                settings.flush(),
                72,
                settings.logFileBytes(),
                settings.maxBodyBytes());
        assertRefused(elsewhere, "queue.embedded.host", "no-such-host.invalid");
    }

    @Test
    void aFailedStartReleasesTheDirectory() throws Exception {
        Files.writeString(directory.resolve("broker.secret"), "damaged");
        assertThatThrownBy(() -> EmbeddedRocketMq.start(settings(0, 0))).isInstanceOf(QueueStartException.class);
        DataDirectory.open(directory).close();
    }

    private static void assertRefused(EmbeddedSettings settings, String... parts) {
        assertThatThrownBy(() -> EmbeddedRocketMq.start(settings))
                .isInstanceOf(QueueStartException.class)
                .hasMessageContainingAll(parts);
    }
}
