package isthmus.conformance.crash;

import isthmus.conformance.crash.DevicePlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Who takes part: publishers and subscribers of every kind of session, and a server application. */
final class Cast {
    private static final String PREFIX = Device.GROUP + "@@@";
    private static final List<String> TARGETS =
            List.of(PREFIX + "p2p-stored", PREFIX + "p2p-clean", PREFIX + "p2p-changing");
    private static final List<String> SHIFTING =
            IntStream.range(0, 5).mapToObj(i -> Traffic.PARENT + "/s/" + i).toList();
    private static final String ALL = Traffic.PARENT + "/t/#";
    static final String RETAINED = Traffic.PARENT + "/r/#";

    private final Ledger ledger;
    private final ServerUnderTest server;
    private final long seed;
    private final List<Device> devices = new ArrayList<>();
    private final Backend backend;

    Cast(Ledger ledger, ServerUnderTest server, long seed) {
        this.ledger = ledger;
        this.server = server;
        this.seed = seed;
        publisher("pub-stored-1", Kind.STORED);
        publisher("pub-stored-2", Kind.STORED);
        publisher("pub-clean-1", Kind.CLEAN);
        publisher("pub-clean-2", Kind.CLEAN);
        add(DevicePlan.subscriber(PREFIX + "sub-qos2", Kind.STORED, 2, 30, ALL, RETAINED));
        add(DevicePlan.subscriber(PREFIX + "sub-qos1", Kind.STORED, 1, 30, ALL, Traffic.PARENT + "/t/pub-stored-1/0"));
        add(DevicePlan.subscriber(PREFIX + "sub-away", Kind.STORED, 2, 1500, ALL));
        add(DevicePlan.subscriber(PREFIX + "sub-clean", Kind.CLEAN, 2, 30, ALL));
        add(DevicePlan.shifting(PREFIX + "sub-shifting", 2, SHIFTING));
        add(DevicePlan.subscriber(TARGETS.get(0), Kind.STORED, 0, 200));
        add(DevicePlan.subscriber(TARGETS.get(1), Kind.CLEAN, 0, 200));
        add(DevicePlan.subscriber(TARGETS.get(2), Kind.CHANGING, 0, 200));
        backend = new Backend(server.nameServer(), new Traffic(ledger, "backend", true, TARGETS, seed));
    }

    private void publisher(String name, Kind kind) {
        Traffic traffic = new Traffic(ledger, name, kind == Kind.STORED, TARGETS, seed);
        add(DevicePlan.publisher(PREFIX + name, kind, traffic));
    }

    private void add(DevicePlan plan) {
        devices.add(new Device(plan, ledger, server.mqttPort(), seed));
    }

    List<Device> devices() {
        return devices;
    }

    Backend backend() {
        return backend;
    }

    /** A device that begins now and reads the retained messages. */
    Device retainedReader() {
        return new Device(
                DevicePlan.subscriber(PREFIX + "reader", Kind.CLEAN, 1, 30, RETAINED), ledger, server.mqttPort(), seed);
    }

    /** Publishes the last message of each topic, behind everything else, for {@link #hasLast}. */
    List<Sent> lastMessages() {
        Traffic traffic = new Traffic(ledger, "finale", true, TARGETS, seed);
        List<Sent> last = new ArrayList<>();
        last.add(traffic.message(Traffic.PARENT + "/t/finale/0", 1, false, 1));
        last.add(traffic.message(Traffic.PARENT + "/r/finale/0", 1, false, 1));
        SHIFTING.forEach(topic -> last.add(traffic.message(topic, 2, false, 1)));
        TARGETS.forEach(target -> last.add(traffic.message(Traffic.p2p(target), 2, false, 1)));
        return last;
    }

    /** Whether the device has all of the last messages that are for it. */
    static boolean hasLast(Device device, List<Sent> last) {
        return last.stream().filter(sent -> isFor(device, sent)).allMatch(sent -> device.intake()
                .hasSeen(sent.name()));
    }

    private static boolean isFor(Device device, Sent sent) {
        LogEntry entry = new LogEntry(0, sent.topic(), sent.payload(), sent.qos(), false, true);
        String target = entry.target();
        return target != null
                ? target.equals(device.plan().clientId())
                : device.plan().filters().stream()
                        .anyMatch(filter ->
                                entry.matches(filter) && device.subscribing().isConfirmed(filter));
    }
}
