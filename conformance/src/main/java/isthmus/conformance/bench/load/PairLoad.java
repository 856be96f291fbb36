package isthmus.conformance.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Pairs of a publisher and a subscriber, each with a topic of its own. {@link #connect}, {@link #start},
 * {@link #warmUp}, {@link #measure} as often as wanted, {@link #finish}: all by one thread, which is the one that puts the load on the server.
 */
public final class PairLoad implements AutoCloseable {
    private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(30);
    private static final Duration WARM_UP_AT_MOST = Duration.ofMinutes(5);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(5);

    private final Schedule schedule;
    private final LoadLoop loop;
    private final Histogram latency = new Histogram();
    private final Histogram lateness = new Histogram();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Receipts> receipts = new ArrayList<>();

    private PairLoad(Traffic traffic) {
        this.schedule = new Schedule(traffic.messagesPerSecond());
        this.loop = new LoadLoop(schedule);
    }

    /**
     * Connects and subscribes.
     *
     * @param parentTopic the first level of the topics
     * @throws LoadFailure when the server refuses something
     */
    public static PairLoad connect(InetSocketAddress server, SignOn signOn, String parentTopic, Traffic traffic) {
        PairLoad load = new PairLoad(traffic);
        try {
            load.connectPairs(new Connecting(load.loop, server, signOn, "load"), parentTopic, traffic);
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    private void connectPairs(Connecting connecting, String parentTopic, Traffic traffic) {
        for (int i = 0; i < traffic.pairs(); i++) {
            String topic = parentTopic + "/load/" + i;
            Publisher publisher = new Publisher(i, traffic, topic, schedule, lateness, connecting);
            publishers.add(publisher);
            Receipts inbox = new Receipts(publisher, latency);
            receipts.add(inbox);
            subscribers.add(new Subscriber(i, topic, traffic.service(), inbox, connecting));
        }
        if (!run(CONNECT_AT_MOST, this::isReady)) {
            throw new LoadFailure("the server has not let everybody connect and subscribe in " + CONNECT_AT_MOST);
        }
    }

    private boolean isReady() {
        return publishers.stream().allMatch(Publisher::isReady)
                && subscribers.stream().allMatch(Subscriber::isReady);
    }

    /** The publishers begin; they send as long as {@link #warmUp} or {@link #measure} runs. */
    public void start() {
        schedule.start(System.nanoTime());
    }

    /**
     * Goes on until so many messages were delivered, so that the server has compiled its code. Counted and not timed,
     * because a busy machine takes longer for that.
     */
    public void warmUp(long messages) {
        long enough = delivered() + messages;
        if (!run(WARM_UP_AT_MOST, () -> delivered() >= enough)) {
            throw new LoadFailure("the server has not delivered " + messages + " messages in " + WARM_UP_AT_MOST);
        }
    }

    /** Goes on for a time and says what happened in it. */
    public Window measure(Duration length) {
        latency.clear();
        lateness.clear();
        Duration cpu = ownCpu();
        long delivered = delivered();
        long began = System.nanoTime();
        run(length, () -> false);
        return new Window(
                Duration.ofNanos(System.nanoTime() - began),
                delivered() - delivered,
                latency.copy(),
                lateness.copy(),
                ownCpu().minus(cpu));
    }

    /** Sends nothing more, waits for what is under way as long as something comes, and disconnects. */
    public Outcome finish() {
        schedule.stop();
        long before = -1;
        while (delivered() < sent() && delivered() > before) {
            before = delivered();
            run(NO_PROGRESS, () -> delivered() >= sent());
        }
        publishers.forEach(Publisher::disconnect);
        subscribers.forEach(Subscriber::disconnect);
        return new Outcome(
                sent(),
                delivered(),
                receipts.stream()
                        .mapToLong(each -> each.arrivals().duplicates())
                        .sum(),
                receipts.stream()
                        .mapToLong(each -> each.arrivals().orderViolations())
                        .sum());
    }

    private boolean run(Duration atMost, BooleanSupplier done) {
        return loop.run(System.nanoTime() + atMost.toNanos(), done);
    }

    private long sent() {
        return publishers.stream().mapToLong(Publisher::sent).sum();
    }

    private long delivered() {
        return receipts.stream()
                .mapToLong(each -> each.arrivals().distinct())
                .sum();
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        loop.close();
    }
}
