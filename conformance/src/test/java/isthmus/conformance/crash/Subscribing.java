package isthmus.conformance.crash;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that a device wants, and which of them the server has confirmed. One request is under way at a time;
 * what a kill left unanswered is asked for again. Device thread only; others may look when the device has stopped.
 */
final class Subscribing {
    private final Map<String, Boolean> wanted = new LinkedHashMap<>();
    /** What the server said last; absent while it is not known. */
    private final Map<String, Boolean> confirmed = new ConcurrentHashMap<>();

    private final Map<String, Long> confirmedNanos = new ConcurrentHashMap<>();
    private final int qos;
    private @Nullable String asked;
    private int lastId = 1000;

    Subscribing(List<String> filters, int qos) {
        filters.forEach(filter -> wanted.put(filter, true));
        this.qos = qos;
    }

    void connected(boolean sessionPresent) {
        asked = null;
        if (!sessionPresent) {
            wanted.keySet().forEach(filter -> confirmed.put(filter, false));
        }
    }

    boolean isSettled() {
        return wanted.equals(confirmed);
    }

    /** Changes its mind about one filter. */
    void toggle(Random random) {
        List<String> filters = List.copyOf(wanted.keySet());
        wanted.computeIfPresent(filters.get(random.nextInt(filters.size())), (filter, wants) -> !wants);
    }

    void ask(MqttSocket socket) throws IOException {
        if (asked != null) {
            return;
        }
        for (Map.Entry<String, Boolean> each : wanted.entrySet()) {
            String filter = each.getKey();
            if (!each.getValue().equals(confirmed.get(filter))) {
                asked = filter;
                confirmed.remove(filter);
                lastId++;
                socket.send(
                        each.getValue()
                                ? PacketBytes.subscribe(lastId, filter, qos)
                                : PacketBytes.unsubscribe(lastId, filter));
                return;
            }
        }
    }

    /** @return a sentence about what is wrong with the answer, or empty */
    String onAnswer(Frame answer) {
        String filter = asked;
        if (filter == null || answer.packetId() != lastId) {
            return "packet type " + answer.type() + " for identifier " + answer.packetId() + ", which was not asked";
        }
        boolean subscribed = answer.type() == Frame.SUBACK;
        if (subscribed && answer.at(2) != qos) {
            return "the subscription " + filter + " was answered with " + answer.at(2);
        }
        asked = null;
        confirmed.put(filter, subscribed);
        confirmedNanos.put(filter, System.nanoTime());
        return "";
    }

    boolean isConfirmed(String filter) {
        return Boolean.TRUE.equals(confirmed.get(filter));
    }

    /** When the subscription was answered the last time: what was sent later belongs to it. */
    long confirmedNanos(String filter) {
        return confirmedNanos.getOrDefault(filter, Long.MAX_VALUE);
    }
}
