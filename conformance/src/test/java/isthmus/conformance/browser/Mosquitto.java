package isthmus.conformance.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A mosquitto broker with one WebSocket listener and one account: any MQTT server at all for the page to talk to. It knows no
 * P2P and no parent topics, yet it does check the password that the page computed.
 */
final class Mosquitto implements AutoCloseable {

    private static final Path BROKER = Path.of("/usr/sbin/mosquitto");
    private static final Path PASSWORDS = Path.of("/usr/bin/mosquitto_passwd");

    private final Path directory;
    private final Process process;
    private final int port;

    private Mosquitto(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(BROKER) && Files.isExecutable(PASSWORDS),
                BROKER + " is missing (Debian: apt-get install mosquitto)");
    }

    static Mosquitto start(String userName, String password) {
        try {
            Path directory = Files.createTempDirectory("isthmus-mosquitto");
            int port = freePort();
            Path passwords = Files.writeString(directory.resolve("passwords"), userName + ":" + password + "\n");
            run(PASSWORDS.toString(), "-U", passwords.toString());
            List<String> lines = List.of(
                    // Mosquitto 2.0.11 refuses to start with WebSocket listeners only, hence a Unix socket beside it,
                    // and
                    // without the socket domain it would listen on every address.
                    "listener 0 " + directory.resolve("mqtt.socket"),
                    "listener " + port + " 127.0.0.1",
                    "socket_domain ipv4",
                    "protocol websockets",
                    "allow_anonymous false",
                    "password_file " + passwords,
                    "user " + System.getProperty("user.name"));
            Path configuration = Files.write(directory.resolve("mosquitto.conf"), lines);
            Process process = new ProcessBuilder(BROKER.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mosquitto.log").toFile())
                    .start();
            Mosquitto mosquitto = new Mosquitto(directory, process, port);
            Awaitility.await("mosquitto to listen")
                    .atMost(Duration.ofSeconds(10))
                    .until(mosquitto::listens);
            return mosquitto;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        Awaitility.await("mosquitto to end").until(() -> !process.isAlive());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Awaitility.await(command[0]).until(() -> !process.isAlive());
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue());
        }
    }
}
