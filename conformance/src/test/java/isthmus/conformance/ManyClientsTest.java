package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.bench.load.IdleConnections;
import isthmus.conformance.bench.load.SignOn;
import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator looks at 10,000 clients while a well-behaved pair exchanges messages: every client is listed once, and never
 * on a thread that serves devices. What it costs the pair is printed.
 */
@Timeout(180)
class ManyClientsTest {
    private static final int CLIENTS = 10_000;
    private static final int AT_ONCE = 4;
    private static final int MESSAGES = 300;
    private static final int LOOKS = 2;
    private static final String PREFIX = "GID_Raw@@@idle-";

    private static TestServer server;
    private static Management management;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = TestServer.startWithSettings(directory.resolve("data"), ServerCommand.SHORT_LIVED);
        management = new Management(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tenThousandClientsAreListedAndSearchedAsideFromTheThreadsThatServeThem() throws Exception {
        InetSocketAddress mqtt =
                new InetSocketAddress(server.tcp().getHost(), server.tcp().getPort());
        SignOn signOn = SignOn.signed("GID_Raw", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
        try (IdleConnections idle = IdleConnections.open(mqtt, signOn, CLIENTS);
                WellBehavedPair pair = new WellBehavedPair(server)) {
            everyClientIsListedOnceAndFound();
            double quiet = secondsFor(pair);

            AtomicInteger listings = new AtomicInteger();
            List<Thread> operators = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> new Thread(() -> listOn(listings), "operator-" + i))
                    .toList();
            operators.forEach(Thread::start);
            double listed = secondsFor(pair);
            Set<String> listing = threadsThatList();
            operators.forEach(Thread::interrupt);
            for (Thread operator : operators) {
                operator.join();
            }
            assertThat(listing).isNotEmpty().allMatch(name -> name.startsWith("isthmus-api-worker"));
            System.out.printf(
                    "a message and its acknowledgement: %.2f ms, and %.2f ms beside %d operators with %d listings%n"
                            + "event loops were late by %s s at most%n",
                    quiet * 1000 / MESSAGES, listed * 1000 / MESSAGES, AT_ONCE, listings.get(), loopLags());
        }
    }

    private static void everyClientIsListedOnceAndFound() {
        List<String> listed = new ArrayList<>();
        String next = "";
        long began = System.nanoTime();
        do {
            JsonNode page = management.get("/clients?limit=1000&prefix=" + Management.encoded(PREFIX) + next);
            page.get("items")
                    .forEach(client -> listed.add(client.get("clientId").asText()));
            next = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
        } while (!next.isEmpty());
        System.out.printf("%,d clients in pages of 1,000: %d ms%n", CLIENTS, millisSince(began));
        assertThat(listed)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, CLIENTS).mapToObj(i -> PREFIX + i).toList());

        began = System.nanoTime();
        JsonNode found =
                management.get("/clients?online=true&address=127.0.0.2&prefix=" + Management.encoded(PREFIX + "7654"));
        System.out.printf("one of them by prefix and address: %d ms%n", millisSince(began));
        assertThat(found.get("items")).singleElement();
        assertThat(found.at("/items/0/clientId").asText()).isEqualTo(PREFIX + "7654");
    }

    /** Walks over all clients and finds none, again and again, until it is interrupted. */
    private static void listOn(AtomicInteger listings) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                management.get("/clients?address=127.9.9.9");
                listings.incrementAndGet();
            } catch (IllegalStateException interrupted) {
                return;
            }
        }
    }

    private static double secondsFor(WellBehavedPair pair) {
        long began = System.nanoTime();
        pair.expectMore(MESSAGES);
        return (System.nanoTime() - began) / 1e9;
    }

    private static long millisSince(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** The threads of the server that are seen to walk over its clients. */
    private static Set<String> threadsThatList() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Set<String> threads = new TreeSet<>();
        for (int i = 0; i < LOOKS; i++) {
            List<String> question = List.of(jcmd, Long.toString(server.process().pid()), "Thread.print");
            try (CapturedProcess answer = CapturedProcess.start(Path.of("."), Map.of(), question)) {
                assertThat(answer.awaitExit(Duration.ofSeconds(30))).isZero();
                for (String thread : answer.output().split("\n\n")) {
                    if (thread.contains("ClientAdministration.find(")) {
                        threads.add(thread.strip().split("\"")[1]);
                    }
                }
            }
        }
        return threads;
    }

    private static List<String> loopLags() {
        HttpRequest.Builder metrics =
                management.request("/metrics").header("Authorization", "Bearer " + management.token());
        return management
                .send(metrics)
                .body()
                .lines()
                .filter(line -> line.startsWith("isthmus_event_loop_lag_seconds{"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }
}
