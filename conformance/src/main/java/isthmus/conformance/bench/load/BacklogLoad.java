package isthmus.conformance.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stored sessions that are away while messages are published for them, and come back. {@link #prepare}, {@link #fill}, then
 * {@link #receive} for one session after the other: by one thread at a time.
 */
public final class BacklogLoad implements AutoCloseable {
    private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(30);
    private static final Duration FILL_AT_MOST = Duration.ofMinutes(10);

    private final Schedule schedule = new Schedule(0);
    private final LoadLoop loop = new LoadLoop(schedule);
    private final Connecting connecting;
    private final String topic;
    private final Service service;
    private final Histogram ignored = new Histogram();
    private long waiting;

    /** What became of the messages that waited for one session. */
    public record Received(Outcome outcome, Duration time) {}

    private BacklogLoad(InetSocketAddress server, SignOn signOn, String parentTopic, Service service) {
        this.connecting = new Connecting(loop, server, signOn, "backlog");
        this.topic = parentTopic + "/backlog";
        this.service = service;
    }

    /** Lets sessions subscribe, and disconnects them. */
    public static BacklogLoad prepare(
            InetSocketAddress server, SignOn signOn, String parentTopic, Service service, int sessions) {
        BacklogLoad load = new BacklogLoad(server, signOn, parentTopic, service);
        try {
            List<Subscriber> subscribers = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                subscribers.add(load.attach(i, new Arrivals()));
            }
            load.await(subscribers);
            subscribers.forEach(Subscriber::disconnect);
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    /** One attachment of a stored session to the server. */
    private Subscriber attach(int session, Arrivals arrivals) {
        Inbox inbox = (payload, now) -> arrivals.add(Stamp.sequence(payload, payload.position()));
        return new Subscriber(session, List.of(topic), service, inbox, connecting);
    }

    private void await(List<Subscriber> subscribers) {
        if (!loop.run(deadline(CONNECT_AT_MOST), () -> subscribers.stream().allMatch(Subscriber::isReady))) {
            throw new LoadFailure("the server has not let everybody connect and subscribe in " + CONNECT_AT_MOST);
        }
    }

    /** Publishes so many messages and waits until they are acknowledged. */
    public void fill(int messages, int payloadBytes) {
        Traffic traffic = Traffic.filling(service, payloadBytes);
        Publisher publisher = new Publisher(0, traffic, List.of(topic), schedule, ignored, connecting);
        publisher.atMost(messages);
        schedule.start(System.nanoTime());
        if (!loop.run(deadline(FILL_AT_MOST), () -> publisher.acknowledged() >= messages)) {
            throw new LoadFailure("the server has acknowledged " + publisher.acknowledged() + " of " + messages
                    + " messages in " + FILL_AT_MOST);
        }
        schedule.stop();
        publisher.disconnect();
        waiting = messages;
    }

    /** A session comes back, and everything that waits is received, or nothing more comes for a time. */
    public Received receive(int session, Duration atMost) {
        long began = System.nanoTime();
        Arrivals arrivals = new Arrivals();
        Subscriber subscriber = attach(session, arrivals);
        loop.run(began + atMost.toNanos(), () -> arrivals.distinct() >= waiting);
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        subscriber.disconnect();
        return new Received(
                new Outcome(waiting, arrivals.distinct(), arrivals.duplicates(), arrivals.orderViolations()), time);
    }

    private static long deadline(Duration atMost) {
        return System.nanoTime() + atMost.toNanos();
    }

    @Override
    public void close() {
        loop.close();
    }
}
