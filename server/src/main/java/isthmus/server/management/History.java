package isthmus.server.management;

import isthmus.gateway.Administration;
import isthmus.gateway.admin.ClientStatus;
import isthmus.gateway.auth.ClientIds;
import isthmus.server.management.HistoryFile.Samples;
import isthmus.server.operations.InstanceOperations.GroupSample;
import isthmus.server.operations.InstanceOperations.InstanceSample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One sample a minute of the instance and of each group, and the rates of the last seconds. Bounded: a day of the instance,
 * a quarter of an hour of each group. Samples are kept over a restart, of {@value #MOST_GROUPS_KEPT} groups at most. Sampled
 * and kept by one thread, read by any.
 */
public final class History {
    static final int MINUTES_OF_GROUPS = 15;
    private static final int MINUTES_OF_INSTANCE = 1440;
    private static final int MOST_GROUPS_KEPT = 1000;

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
    private final HistoryFile file;
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

    public History(Administration gateway, HistoryFile file, Clock clock) {
        this.gateway = gateway;
        this.file = file;
        this.clock = clock;
        this.rateMillis = clock.millis();
    }

    /** Takes up what was kept, before the first sample. Blocks. */
    public void restore() {
        Samples kept = file.read();
        synchronized (this) {
            instance.addAll(within(MINUTES_OF_INSTANCE, kept.instance(), InstanceSample::time));
            kept.groups().forEach((group, samples) -> {
                List<GroupSample> recent = within(MINUTES_OF_GROUPS, samples, GroupSample::time);
                if (!recent.isEmpty()) {
                    groups.put(group, new ArrayDeque<>(recent));
                }
            });
        }
    }

    /** Keeps what there is. Blocks. */
    public void keep() {
        Samples samples;
        synchronized (this) {
            samples = new Samples(
                    List.copyOf(instance),
                    groups.entrySet().stream()
                            .limit(MOST_GROUPS_KEPT)
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue()))));
        }
        file.write(samples);
    }

    /** Those of the last minutes: there is a gap where the server did not run. */
    private <T> List<T> within(int minutes, Collection<T> samples, Function<T, Instant> time) {
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofMinutes(minutes));
        return samples.stream()
                .filter(sample ->
                        time.apply(sample).isAfter(from) && !time.apply(sample).isAfter(now))
                .toList();
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
        return within(minutes, instance, InstanceSample::time);
    }

    synchronized List<GroupSample> group(String groupId) {
        return within(MINUTES_OF_GROUPS, groups.getOrDefault(groupId, new ArrayDeque<>()), GroupSample::time);
    }
}
