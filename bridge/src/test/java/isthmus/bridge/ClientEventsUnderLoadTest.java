package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.Body;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads on both sides of the lanes, and a log that fails now and then. */
class ClientEventsUnderLoadTest {
    private static final int CLIENTS = 20;
    private static final int EVENTS = 25;

    private final List<ExecutorService> eventLoops =
            List.of(Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor());
    private final ExecutorService logThreads = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, List<Integer>> stored = new ConcurrentHashMap<>();
    private final BridgeMetrics metrics = new BridgeMetrics();

    @AfterEach
    void stop() {
        eventLoops.forEach(ExecutorService::shutdownNow);
        logThreads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void everyClientsEventsArriveOnceAndInOrderThroughALogThatFailsNowAndThen() {
        ClientEvents events = new ClientEvents(
                unreliableLog(),
                BridgeSettings.defaults(),
                new EventMessage(EventSeal.of(new byte[16])),
                timer,
                Clock.systemUTC(),
                metrics);
        for (int index = 0; index < EVENTS; index++) {
            for (int client = 0; client < CLIENTS; client++) {
                ConnectionEvent event = new ConnectionEvent(
                        ConnectionEvent.Type.CONNECT, "GID_A@@@" + client, 0, "c", index, "127.0.0.1:1");
                eventLoops.get(client % 2).execute(() -> events.publish(event));
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> metrics.value(BridgeCounter.EVENTS_STORED) == CLIENTS * EVENTS);

        List<Integer> inOrder = IntStream.range(0, EVENTS).boxed().toList();
        assertThat(stored).hasSize(CLIENTS);
        assertThat(stored.values()).allSatisfy(indexes -> assertThat(indexes).isEqualTo(inOrder));
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isZero();
        assertThat(metrics.value(BridgeCounter.EVENTS_RETRIED)).isPositive();
    }

    /** Answers on its own threads, and refuses every twentieth append or so. Nothing but append is called. */
    private QueueCore unreliableLog() {
        Random random = new Random(5);
        return (QueueCore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {QueueCore.class}, (proxy, method, arguments) -> {
                    boolean refuse = random.nextInt(20) == 0;
                    return CompletableFuture.supplyAsync(() -> store((QueueMessage) arguments[0], refuse), logThreads);
                });
    }

    private Appended store(QueueMessage message, boolean refuse) {
        if (refuse) {
            throw new AppendException(AppendException.Reason.UNAVAILABLE, "busy");
        }
        stored.computeIfAbsent(message.shardingKey(), id -> new CopyOnWriteArrayList<>())
                .add(eventIndex(message.body()));
        return new Appended(0, "");
    }

    private static int eventIndex(Body body) {
        String json = new String(body.array(), StandardCharsets.UTF_8);
        return Integer.parseInt(json.replaceAll(".*\"eventIndex\":(\\d+),.*", "$1"));
    }
}
