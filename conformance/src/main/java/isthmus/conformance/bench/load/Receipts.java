package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/** Keeps account of what the subscriber of one publisher's topic receives. */
final class Receipts implements Inbox {
    private final Publisher publisher;
    private final Histogram latency;
    private final Arrivals arrivals = new Arrivals();

    /** @param latency from the time at which a message was due to the time at which it was read here */
    Receipts(Publisher publisher, Histogram latency) {
        this.publisher = publisher;
        this.latency = latency;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void onMessage(ByteBuffer payload, long now) {
        int at = payload.position();
        if (Stamp.publisher(payload, at) != publisher.number()) {
            throw new LoadFailure("the server delivered a message that is not for this subscriber");
        }
        if (arrivals.add(Stamp.sequence(payload, at))) {
            latency.record(now - Stamp.due(payload, at));
            publisher.onDelivered();
        }
    }
}
