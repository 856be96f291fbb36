package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** Keeps account of what one subscriber receives: for each of its topics, which messages. The load's thread only. */
final class Receipts implements Inbox {
    private final int subscriber;
    private final Shape shape;
    private final List<Publisher> publishers;
    private final Histogram latency;
    private final List<Arrivals> arrivals;

    /** @param latency from the time at which a message was due to the time at which it was read here */
    Receipts(int subscriber, Shape shape, List<Publisher> publishers, Histogram latency) {
        this.subscriber = subscriber;
        this.shape = shape;
        this.publishers = publishers;
        this.latency = latency;
        this.arrivals =
                Stream.generate(Arrivals::new).limit(shape.topicsOfSubscriber()).toList();
    }

    @Override
    public void onMessage(ByteBuffer payload, long now) {
        int at = payload.position();
        int topic = Stamp.topic(payload, at);
        if (!shape.isFor(subscriber, topic)) {
            throw new LoadFailure("the server delivered a message that is not for subscriber " + subscriber);
        }
        if (arrivals.get(shape.indexOfTopic(topic)).add(Stamp.sequence(payload, at))) {
            latency.record(now - Stamp.due(payload, at));
            publishers.get(shape.publisherOf(topic)).onDelivered();
        }
    }

    long duplicates() {
        return arrivals.stream().mapToLong(Arrivals::duplicates).sum();
    }

    long orderViolations() {
        return arrivals.stream().mapToLong(Arrivals::orderViolations).sum();
    }
}
