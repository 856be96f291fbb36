package isthmus.server.management;

import isthmus.gateway.Administration;
import isthmus.gateway.admin.ClientStatus;
import isthmus.gateway.auth.ClientIds;
import isthmus.server.operations.InstanceOperations.GroupSample;
import isthmus.server.operations.InstanceOperations.InstanceSample;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One sample a minute of the instance and of each group, and the rates of the last seconds. Bounded: a day of the instance,
 * a quarter of an hour of each group. Sampled by one thread, read by any.
 */
public final class History {
    static final int MINUTES_OF_GROUPS = 15;
    private static final int MINUTES_OF_INSTANCE = 1440;

    /** A group at one moment. */
    record GroupNow(int online, int stored, long backlog) {
        static final GroupNow NONE = new GroupNow(0, 0, 0);

        GroupNow plus(ClientStatus client) {
            return new GroupNow(
                    online + (client.isOnline() ? 1 : 0),
                    stored + (client.stored() ? 1 : 0),
                    backlog + client.inFlight() + client.waiting());
        }
    }

    /** Messages in a second. */
    record Rates(double in, double out) {}

    private final Administration gateway;
    private final Clock clock;
    // guarded by this
    private final Deque<InstanceSample> instance = new ArrayDeque<>();
    private final Map<String, Deque<GroupSample>> groups = new HashMap<>();
    private long minuteIn;
    private long minuteOut;
    private long rateIn;
    private long rateOut;
    private long rateMillis;
    private volatile Rates rates = new Rates(0, 0);

    public History(Administration gateway, Clock clock) {
        this.gateway = gateway;
        this.clock = clock;
        this.rateMillis = clock.millis();
    }

    /** Every few seconds. */
    public synchronized void measureRates() {
        long now = clock.millis();
        long in = gateway.counters().messagesReceived();
        long out = gateway.counters().messagesSent();
        double seconds = Math.max(1, now - rateMillis) / 1000.0;
        rates = new Rates((in - rateIn) / seconds, (out - rateOut) / seconds);
        rateIn = in;
        rateOut = out;
        rateMillis = now;
    }

    Rates rates() {
        return rates;
    }

    /** Every minute. Walks over all sessions, which takes milliseconds and asks no event loop. */
    public void sample() {
        Map<String, GroupNow> now = groupsNow();
        Instant time = clock.instant();
        long in = gateway.counters().messagesReceived();
        long out = gateway.counters().messagesSent();
        synchronized (this) {
            add(
                    instance,
                    MINUTES_OF_INSTANCE,
                    new InstanceSample(
                            time,
                            gateway.connections(),
                            gateway.capacity().subscriptions().taken(),
                            in - minuteIn,
                            out - minuteOut));
            minuteIn = in;
            minuteOut = out;
            groups.keySet().forEach(group -> now.putIfAbsent(group, GroupNow.NONE));
            now.forEach((group, status) -> add(
                    groups.computeIfAbsent(group, any -> new ArrayDeque<>()),
                    MINUTES_OF_GROUPS,
                    new GroupSample(time, status.online(), status.backlog())));
            groups.values().removeIf(History::isForgettable);
        }
    }

    private static <T> void add(Deque<T> samples, int most, T sample) {
        samples.addLast(sample);
        if (samples.size() > most) {
            samples.removeFirst();
        }
    }

    /** Nobody was there for all this time. */
    private static boolean isForgettable(Deque<GroupSample> samples) {
        return samples.size() == MINUTES_OF_GROUPS
                && samples.stream().allMatch(sample -> sample.online() == 0 && sample.backlog() == 0);
    }

    /** Every group that has a client now. */
    Map<String, GroupNow> groupsNow() {
        Map<String, GroupNow> now = new HashMap<>();
        gateway.clients().forEach(client -> {
            String group = ClientIds.groupOf(client.clientId());
            if (group != null) {
                now.put(group, now.getOrDefault(group, GroupNow.NONE).plus(client));
            }
        });
        return now;
    }

    synchronized List<InstanceSample> instance(int minutes) {
        return instance.stream().skip(Math.max(0, instance.size() - minutes)).toList();
    }

    synchronized List<GroupSample> group(String groupId) {
        return List.copyOf(groups.getOrDefault(groupId, new ArrayDeque<>()));
    }
}
