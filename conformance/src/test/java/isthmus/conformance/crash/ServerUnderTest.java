package isthmus.conformance.crash;

import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The server as a process that is started again and again on the same data and the same ports. One thread, the one that
 * kills.
 */
final class ServerUnderTest implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path directory;
    private final Path data;
    private final int mqttPort;
    private final int nameServerPort;
    private final int brokerPort;
    private CapturedProcess process;
    private int starts;

    /**
     * Prepares the server.
     *
     * @param directory where its configuration, its output and the data go
     */
    ServerUnderTest(Path directory, Path data, Random random) {
        this.directory = directory;
        this.data = data;
        int port = freePorts(random);
        this.mqttPort = port;
        this.nameServerPort = port + 1;
        this.brokerPort = port + 5;
        writeConfiguration();
    }

    /** Below the ports that the system gives to clients: one of those could take ours while the server is down. */
    private static int freePorts(Random random) {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = 20_000 + 10 * random.nextInt(1000);
            if (isFree(port) && isFree(port + 1) && isFree(port + 3) && isFree(port + 5)) {
                return port;
            }
        }
        throw new IllegalStateException("no free ports between 20000 and 30000");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private void writeConfiguration() {
        String text =
                """
                mqtt:
                  tcp: {host: 127.0.0.1, port: %d}
                  tls: {port: off}
                  ws: {port: off}
                  wss: {port: off}
                  limits: {inFlightPerClient: 20, pendingPerClient: 50}
                queue:
                  embedded: {nameServerPort: %d, brokerPort: %d}
                web: {port: off}
                api: {port: 0}
                resources:
                  accounts: [{accessKey: %s, secretKey: %s}]
                  topics: [%s]
                  groups: [%s, GID_Backend, GID_Reader]
                """
                        .formatted(
                                mqttPort,
                                nameServerPort,
                                brokerPort,
                                TestServer.ACCESS_KEY,
                                TestServer.SECRET_KEY,
                                Traffic.PARENT,
                                Device.GROUP);
        try {
            Files.writeString(directory.resolve("server.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int mqttPort() {
        return mqttPort;
    }

    String nameServer() {
        return "127.0.0.1:" + nameServerPort;
    }

    /** Starts the process without waiting for anything. */
    void begin() {
        starts++;
        process = ServerCommand.start(
                directory,
                Map.of(),
                List.of("run", "--config", directory.resolve("server.yaml").toString(), "--data", data.toString()));
    }

    /** @return how long it took, in milliseconds */
    long start() {
        long begun = System.nanoTime();
        begin();
        process.awaitLine("Isthmus is ready", START);
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** The HTTP status of what it says about itself: 200 when it should be given work, else 503. */
    int readiness() throws IOException {
        URI api = URI.create(Files.readString(data.resolve("api.url")).strip() + "/health/ready");
        return ((HttpURLConnection) api.toURL().openConnection()).getResponseCode();
    }

    CapturedProcess process() {
        return process;
    }

    /** SIGKILL; what it had printed is kept. */
    void kill() {
        process.close();
        process.awaitExit(STOP);
        keepOutput();
    }

    /** SIGTERM. */
    int stop() {
        int code = process.terminate(STOP);
        keepOutput();
        return code;
    }

    private void keepOutput() {
        try {
            Files.writeString(directory.resolve("server-%03d.log".formatted(starts)), process.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (starts > 0 && process.isRunning()) {
            kill();
        }
    }
}
