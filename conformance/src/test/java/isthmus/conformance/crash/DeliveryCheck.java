package isthmus.conformance.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What each device must have got, by what the log has. */
final class DeliveryCheck {
    private final Ledger ledger;
    private final List<LogEntry> log;
    private final Verdict verdict;
    private final Map<String, LogEntry> firstInLog = new HashMap<>();

    DeliveryCheck(Ledger ledger, List<LogEntry> log, Verdict verdict) {
        this.ledger = ledger;
        this.log = log;
        this.verdict = verdict;
        log.forEach(entry -> firstInLog.putIfAbsent(entry.name(), entry));
    }

    void run(Device device) {
        List<Delivery> deliveries = device.intake().deliveries();
        Map<String, Integer> times = new LinkedHashMap<>();
        deliveries.forEach(delivery -> times.merge(delivery.name(), 1, Integer::sum));
        deliveries.forEach(delivery -> checkOrigin(device, delivery));
        if (device.plan().isStored()) {
            checkOrder(device, deliveries);
        }
        int missing = checkMissing(device, times.keySet());
        int tooOften = checkTooOften(device, deliveries, times);
        if (device.plan().kind() == DevicePlan.Kind.CLEAN
                && !device.plan().filters().isEmpty()) {
            checkGaps(device, deliveries);
        }
        int dup = (int) deliveries.stream().filter(Delivery::dup).count();
        verdict.count(
                device.plan().clientId(),
                "%s: %d messages, %d redelivered with DUP, %d repeated, %d missing, %d too often, %d connections"
                        .formatted(
                                device.plan().kind().toString().toLowerCase(),
                                times.size(),
                                dup + device.intake().repeated(),
                                deliveries.size() - times.size(),
                                missing,
                                tooOften,
                                device.connections()));
    }

    /** Nothing that was never sent, nothing that is for others, nothing on another topic or with more than its QoS. */
    private void checkOrigin(Device device, Delivery delivery) {
        LogEntry entry = firstInLog.get(delivery.name());
        String client = device.plan().clientId();
        if (entry == null) {
            verdict.fail(client + " got " + delivery + ", which the log does not have");
            return;
        }
        boolean forMe = entry.target() != null
                ? client.equals(entry.target())
                : device.plan().filters().stream().anyMatch(entry::matches);
        int qos = entry.target() != null
                ? entry.qos()
                : Math.min(entry.qos(), device.plan().qos());
        if (!forMe || !entry.topic().equals(delivery.topic()) || qos != delivery.qos()) {
            verdict.fail(client + " got " + delivery + ", but the log has " + entry.name() + " with QoS " + entry.qos()
                    + " on " + entry.topic());
        }
    }

    /**
     * First deliveries come in the order of the log, and so in that of each publisher; retained ones apart. A clean session
     * may have missed the first copy of what a client repeated; its order is what {@link #checkGaps} compares. So may one
     * whose subscriptions change.
     */
    private void checkOrder(Device device, List<Delivery> deliveries) {
        Set<String> seen = new HashSet<>();
        LogEntry newest = null;
        for (Delivery delivery : deliveries) {
            LogEntry entry =
                    device.plan().shifts() ? firstBehind(newest, delivery.name()) : firstInLog.get(delivery.name());
            if (!seen.add(delivery.name()) || delivery.retain() || entry == null) {
                continue;
            }
            if (newest != null && newest.position() > entry.position()) {
                verdict.fail("%s got %s behind %s (connection %d)"
                        .formatted(device.plan().clientId(), entry.name(), newest.name(), delivery.connection()));
            }
            newest = entry;
        }
    }

    /** The first copy in the log behind an entry, or the very first when there is none. */
    private @Nullable LogEntry firstBehind(@Nullable LogEntry newest, String name) {
        return log.stream()
                .filter(entry -> entry.name().equals(name))
                .filter(entry -> newest == null || entry.position() > newest.position())
                .findFirst()
                .orElse(firstInLog.get(name));
    }

    private int checkMissing(Device device, Set<String> got) {
        int missing = 0;
        for (LogEntry entry : firstInLog.values()) {
            if (isOwed(device, entry) && !got.contains(entry.name())) {
                missing++;
                verdict.fail("%s did not get %s (QoS %d, %s, position %d)"
                        .formatted(
                                device.plan().clientId(), entry.name(), entry.qos(), entry.topic(), entry.position()));
            }
        }
        return missing;
    }

    private boolean isOwed(Device device, LogEntry entry) {
        DevicePlan plan = device.plan();
        if (entry.target() != null) {
            return entry.keep() && plan.clientId().equals(entry.target()) && plan.kind() != DevicePlan.Kind.CHANGING;
        }
        if (!plan.isStored()) {
            return false;
        }
        Sent sent = ledger.find(entry.name());
        Predicate<String> covers = filter -> device.subscribing().isConfirmed(filter)
                && (!plan.shifts()
                        || (sent != null
                                && sent.sentNanos() > device.subscribing().confirmedNanos(filter)));
        return plan.filters().stream().anyMatch(filter -> entry.matches(filter) && covers.test(filter));
    }

    /** QoS 2 over a stored session once; on one connection nothing more often than the log has it. */
    private int checkTooOften(Device device, List<Delivery> deliveries, Map<String, Integer> times) {
        Map<String, Integer> copies = new HashMap<>();
        log.forEach(entry -> copies.merge(entry.name(), 1, Integer::sum));
        Map<String, Integer> onConnection = new TreeMap<>();
        int tooOften = 0;
        for (Delivery delivery : deliveries) {
            // A changed subscription may bring a retained message again (section 3.8.4).
            if (delivery.retain()) {
                continue;
            }
            String key = delivery.connection() + " " + delivery.name();
            int most = copies.getOrDefault(delivery.name(), 1);
            boolean once = device.plan().isStored() && delivery.qos() == 2;
            if (onConnection.merge(key, 1, Integer::sum) > most || (once && times.get(delivery.name()) > most)) {
                tooOften++;
                verdict.fail(device.plan().clientId() + " got too often " + delivery);
            }
        }
        return tooOften;
    }

    /** While one clean connection lasts, it gets everything from some point of the log on. */
    private void checkGaps(Device device, List<Delivery> deliveries) {
        List<String> matching = log.stream()
                .filter(entry -> device.plan().filters().stream().anyMatch(entry::matches))
                .map(LogEntry::name)
                .toList();
        Map<Integer, List<String>> byConnection = new TreeMap<>();
        for (Delivery delivery : deliveries) {
            if (!delivery.retain()) {
                byConnection
                        .computeIfAbsent(delivery.connection(), number -> new ArrayList<>())
                        .add(delivery.name());
            }
        }
        byConnection.forEach((connection, names) -> {
            String gap = gap(matching, names);
            if (gap != null) {
                verdict.fail("%s, connection %d: %s".formatted(device.plan().clientId(), connection, gap));
            }
        });
    }

    private static @Nullable String gap(List<String> matching, List<String> names) {
        String nearest = null;
        for (int at = 0; at < matching.size(); at++) {
            if (matching.get(at).equals(names.get(0))) { // twice, when the client repeated a QoS 1 message
                nearest = gap(matching.subList(at, matching.size()), names, 1);
                if (nearest == null) {
                    return null;
                }
            }
        }
        return nearest;
    }

    private static @Nullable String gap(List<String> matching, List<String> names, int from) {
        for (int i = from; i < names.size(); i++) {
            String inLog = i < matching.size() ? matching.get(i) : "nothing";
            if (!inLog.equals(names.get(i))) {
                return "message " + (i + 1) + " is " + names.get(i) + " where the log has " + inLog;
            }
        }
        return null;
    }
}
