package isthmus.conformance;

import static isthmus.conformance.fixture.Packets.DISCONNECT;
import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.conformance.crash.EventCheck;
import isthmus.conformance.fixture.ConnectPacket;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that want to harm, by intention or by mistake. Whatever they do, a well-behaved pair goes on to exchange messages
 * and loses none, and the server, which has a small heap here, stays within its memory. The events of them all are complete
 * and in order.
 */
@Timeout(180)
class HostileClientsTest {
    private static final long MOST_RESIDENT_BYTES = 900L << 20;
    private static final Map<String, String> SMALL = Map.of(
            "ISTHMUS_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx320m -XX:MaxDirectMemorySize=160m",
            "ISTHMUS_LOG", "INFO");

    private static TestServer server;

    private final List<Socket> sockets = new ArrayList<>();
    private WellBehavedPair pair;

    @BeforeAll
    static void startServer(@TempDir Path directory) {
        server = TestServer.startWithSettings(
                directory.resolve("data"),
                SMALL,
                "mqtt.limits.connecting=1000",
                "mqtt.limits.waitingBytes=33554432",
                "mqtt.limits.stalledSeconds=5");
    }

    @AfterAll
    static void everyConnectionIsToldFromItsBeginningToItsEnd() throws Exception {
        try {
            EventCheck.expectAll(server.nameServer(), "GID_Raw", Map.of("GID_Raw@@@good-publisher", 1));
            assertThat(server.log()).doesNotContain("OutOfMemory").doesNotContain(" ERROR ");
        } finally {
            server.close();
        }
    }

    @BeforeEach
    void beginToExchangeMessages() throws Exception {
        pair = new WellBehavedPair(server);
        pair.expectMore(10);
    }

    @AfterEach
    void nothingWasLostAndMemoryIsBounded() throws Exception {
        pair.expectMore(10);
        pair.close();
        assertThat(residentBytes()).isLessThan(MOST_RESIDENT_BYTES);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void threeThousandHalfOpenConnectionsKeepNobodyOut() throws Exception {
        byte[] half = HexFormat.of().parseHex(connect("half-open").hex().substring(0, 40));
        for (int i = 0; i < 3000; i++) {
            Socket socket = open(64 * 1024);
            if (i % 2 == 0) {
                socket.getOutputStream().write(half);
            }
        }
        connected(connect("in-spite-of-them")).send(DISCONNECT).close();
        pair.expectMore(10);
        for (Socket socket : sockets) {
            socket.setSoTimeout(20_000);
            expectEnd(socket);
        }
    }

    @Test
    void subscribersThatStopReadingCostLittleAndStoredSessionsLoseNothing() throws Exception {
        for (int i = 0; i < 200; i++) {
            ConnectPacket connect = i % 2 == 0 ? connect("deaf-" + i).stored() : connect("deaf-" + i);
            Socket deaf = open(16 * 1024);
            write(deaf, connect.hex() + subscribe(1, "Raw/deaf", 1));
            deaf.setSoTimeout(20_000);
            deaf.getInputStream().readNBytes(9); // CONNACK and SUBACK
        }
        String text = "x".repeat(32 * 1024);
        try (RawClient publisher = connected(connect("to-the-deaf"))) {
            for (int i = 1; i <= 200; i++) {
                publisher.send(publish("Raw/deaf", 1, i, i + " " + text));
                assertThat(publisher.receivePacket()).isEqualTo(pubAck(i));
            }
        }
        pair.expectMore(10);
        server.process().awaitLine("the client did not take its messages", Duration.ofSeconds(30));
        await().atMost(Duration.ofSeconds(30)).until(() -> linesWith("the client did not take its messages") == 200);
        assertThat(refusals("stalled") + refusals("waiting_bytes"))
                .as("what the metrics say of them")
                .isGreaterThanOrEqualTo(200);

        Set<Integer> numbers = new HashSet<>();
        try (PahoDevice back = PahoDevice.connect(
                server, server.tcp(), "GID_Raw@@@deaf-0", options -> options.setCleanSession(false))) {
            while (numbers.size() < 200) {
                String payload = back.next().payload();
                numbers.add(Integer.parseInt(payload.substring(0, payload.indexOf(' '))));
            }
        }
    }

    private static double refusals(String limit) {
        Management management = new Management(server);
        String name = "isthmus_refusals_total{limit=\"" + limit + "\"} ";
        return management
                .send(management.request("/metrics").header("Authorization", "Bearer " + management.token()))
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    private static long linesWith(String text) {
        return server.process().lines().stream()
                .filter(line -> line.contains(text))
                .count();
    }

    @Test
    void aClientThatComesAndGoesAllTheTimeDoesNoHarm() {
        for (int i = 0; i < 1000; i++) {
            RawClient client = connected(connect("restless").will("Raw/restless", 1, false, "gone"));
            if (i % 3 == 0) {
                client.send(DISCONNECT);
            }
            client.close();
        }
        pair.expectMore(10);
    }

    @Test
    void aClientThatTakesItselfOverAgainAndAgainEndsWithOneConnection() {
        List<RawClient> taken = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            taken.add(connected(connect("many-at-once").stored()));
        }
        RawClient last = taken.remove(taken.size() - 1);
        taken.forEach(RawClient::receiveToEnd);
        assertThat(last.send(PINGREQ).receivePacket()).isEqualTo(PINGRESP);
        taken.forEach(RawClient::close);
        last.close();
    }

    @Test
    void publishersThatFloodAreReadAsFastAsTheLogStores() throws Exception {
        byte[] message = HexFormat.of().parseHex(publish("Raw/flood", "x".repeat(60_000)));
        List<Thread> floods = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = open(64 * 1024);
            write(socket, connect("flood-" + i).hex());
            Thread flood = new Thread(() -> flood(socket, message, 500), "flood-" + i);
            flood.start();
            floods.add(flood);
        }
        pair.expectMore(10);
        for (Thread flood : floods) {
            flood.join();
        }
    }

    private static void flood(Socket socket, byte[] message, int times) {
        try {
            for (int i = 0; i < times; i++) {
                socket.getOutputStream().write(message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConnectPacket connect(String name) {
        return new ConnectPacket("GID_Raw@@@" + name);
    }

    private static RawClient connected(ConnectPacket connect) {
        RawClient client = RawClient.tcp(server.tcp()).send(connect.hex());
        assertThat(client.receivePacket()).isIn(connAck(0), "20020100");
        return client;
    }

    private Socket open(int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.connect(
                new InetSocketAddress(server.tcp().getHost(), server.tcp().getPort()), 20_000);
        return socket;
    }

    private static void write(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    /** The server has closed, in order or with a reset. */
    private static void expectEnd(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server left the connection open", e);
        } catch (IOException reset) {
            // closed as well
        }
    }
}
