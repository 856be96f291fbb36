package isthmus.conformance.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Publishers and subscribers in some {@link Shape}. {@link #connect}, {@link #start}, {@link #warmUp}, {@link #measure} as
 * often as wanted, {@link #finish}: all by one thread, which is the one that puts the load on the server.
 */
public final class MessageLoad implements AutoCloseable {
    private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(60);
    private static final Duration WARM_UP_AT_MOST = Duration.ofMinutes(5);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(5);

    private final Traffic traffic;
    private final Shape shape;
    private final Schedule schedule;
    private final LoadLoop loop;
    private final Histogram latency = new Histogram();
    private final Histogram lateness = new Histogram();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Receipts> receipts = new ArrayList<>();

    private MessageLoad(Traffic traffic) {
        this.traffic = traffic;
        this.shape = traffic.shape();
        this.schedule = new Schedule(traffic.messagesPerSecond());
        this.loop = new LoadLoop(schedule);
    }

    /**
     * Connects and subscribes.
     *
     * @param parentTopic the first level of the topics
     * @throws LoadFailure when the server refuses something
     */
    public static MessageLoad connect(InetSocketAddress server, SignOn signOn, String parentTopic, Traffic traffic) {
        MessageLoad load = new MessageLoad(traffic);
        try {
            load.connectAll(
                    new Connecting(load.loop, server, signOn, "load"),
                    new Topics(parentTopic + "/load", traffic.shape()));
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    private void connectAll(Connecting connecting, Topics topics) {
        for (int i = 0; i < shape.publishers(); i++) {
            publishers.add(new Publisher(i, traffic, topics.ofPublisher(i), schedule, lateness, connecting));
        }
        for (int i = 0; i < shape.subscribers(); i++) {
            Receipts inbox = new Receipts(i, shape, publishers, latency);
            receipts.add(inbox);
            if (!shape.byApplication()) {
                subscribers.add(new Subscriber(i, topics.filtersOfSubscriber(i), traffic.service(), inbox, connecting));
            }
        }
        if (!run(CONNECT_AT_MOST, this::isReady)) {
            throw new LoadFailure("the server has not let everybody connect and subscribe in " + CONNECT_AT_MOST);
        }
    }

    /**
     * Something else than a client of this load has received messages. Any thread.
     *
     * @param payloads which are not changed afterwards
     */
    public void received(List<ByteBuffer> payloads) {
        long now = System.nanoTime();
        Receipts inbox = receipts.get(0);
        loop.tell(() -> payloads.forEach(payload -> inbox.onMessage(payload, now)));
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
        while (delivered() < toDeliver() && delivered() > before) {
            before = delivered();
            run(NO_PROGRESS, () -> delivered() >= toDeliver());
        }
        publishers.forEach(Publisher::disconnect);
        subscribers.forEach(Subscriber::disconnect);
        return new Outcome(
                toDeliver(),
                delivered(),
                receipts.stream().mapToLong(Receipts::duplicates).sum(),
                receipts.stream().mapToLong(Receipts::orderViolations).sum());
    }

    private boolean run(Duration atMost, BooleanSupplier done) {
        return loop.run(System.nanoTime() + atMost.toNanos(), done);
    }

    private long toDeliver() {
        return publishers.stream().mapToLong(Publisher::sent).sum() * shape.copies();
    }

    private long delivered() {
        long sum = 0;
        for (Publisher publisher : publishers) {
            sum += publisher.delivered();
        }
        return sum;
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        loop.close();
    }
}
