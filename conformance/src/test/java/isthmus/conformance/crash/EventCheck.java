package isthmus.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the events of clients must be: for each connection {@code connect}, {@code disconnect} if it came, and one
 * {@code tcpclean}, one connection of a client after the other, with an index that grows.
 */
public final class EventCheck {
    /** What was told of one client so far. */
    private static final class Told {
        private @Nullable ClientEvent open;
        private boolean left;
        private int connects;
        private long lastIndex;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration READ_EVERY = Duration.ofMillis(500);

    private final List<ClientEvent> events;
    private final Verdict verdict;
    private final Map<String, Told> clients = new HashMap<>();
    private final Set<String> channels = new HashSet<>();
    private int disconnects;
    private int ends;

    /** @param events in the order in which they were stored */
    EventCheck(List<ClientEvent> events, Verdict verdict) {
        this.events = events;
        this.verdict = verdict;
    }

    /**
     * Fails unless the events of a group's devices, which are all gone, are complete and in order.
     *
     * @param accepted per client, how many times a CONNACK let it in, at least
     */
    public static void expectAll(String nameServer, String group, Map<String, Integer> accepted) throws Exception {
        Verdict verdict = new Verdict("events of " + group);
        new EventCheck(awaitComplete(() -> LogReader.readEvents(nameServer, group)), verdict).run(accepted);
        assertThat(verdict.isPass()).as(verdict.toString()).isTrue();
    }

    /** Reads until every connection that is told of has ended, or for as long as that may take. */
    static List<ClientEvent> awaitComplete(Callable<List<ClientEvent>> reading) throws Exception {
        try {
            return await().atMost(PATIENCE).pollInterval(READ_EVERY).until(reading, EventCheck::isComplete);
        } catch (ConditionTimeoutException late) {
            return reading.call();
        }
    }

    private static boolean isComplete(List<ClientEvent> events) {
        return count(events, "connect") == count(events, "tcpclean");
    }

    private static long count(List<ClientEvent> events, String type) {
        return events.stream().filter(event -> event.type().equals(type)).count();
    }

    /** @param accepted per client, how many times a CONNACK let it in */
    void run(Map<String, Integer> accepted) {
        events.forEach(this::check);
        clients.forEach((clientId, told) -> {
            if (told.open != null) {
                verdict.fail(clientId + ": the end of a connection is never told");
            }
        });
        accepted.forEach((clientId, times) -> {
            int connects = clients.getOrDefault(clientId, new Told()).connects;
            if (connects < times) {
                verdict.fail("%s was let in %d times, and only %d are told".formatted(clientId, times, connects));
            }
        });
        verdict.count(
                "connections in the events, disconnects, ends", channels.size() + ", " + disconnects + ", " + ends);
    }

    private void check(ClientEvent event) {
        Told told = clients.computeIfAbsent(event.clientId(), clientId -> new Told());
        if (event.index() <= told.lastIndex) {
            verdict.fail(event.clientId() + ": the index of an event does not grow");
        }
        told.lastIndex = event.index();
        switch (event.type()) {
            case "connect" -> onConnect(told, event);
            case "disconnect" -> {
                disconnects++;
                checkOpen(told, event);
                if (told.left) {
                    verdict.fail(event.clientId() + ": a second disconnect of a connection");
                }
                told.left = true;
            }
            case "tcpclean" -> {
                ends++;
                checkOpen(told, event);
                told.open = null;
            }
            default -> verdict.fail(event.clientId() + ": an event of the type " + event.type());
        }
    }

    private void onConnect(Told told, ClientEvent event) {
        if (told.open != null) {
            verdict.fail(event.clientId() + ": a connect before the end of the last connection");
        }
        if (!channels.add(event.channelId())) {
            verdict.fail(event.clientId() + ": a second connect of a connection");
        }
        told.connects++;
        told.open = event;
        told.left = false;
    }

    private void checkOpen(Told told, ClientEvent event) {
        ClientEvent open = told.open;
        if (open == null
                || !open.channelId().equals(event.channelId())
                || !open.clientIp().equals(event.clientIp())) {
            verdict.fail(event.clientId() + ": a " + event.type() + " that is not of its last connection");
        }
    }
}
