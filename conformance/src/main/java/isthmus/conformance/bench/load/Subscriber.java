package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/** Subscribes to one publisher's topic, acknowledges what comes, and keeps account of it. */
final class Subscriber implements Role {
    private final Publisher publisher;
    private final byte[] subscribe;
    private final Histogram latency;
    private final Connection connection;
    private final Arrivals arrivals = new Arrivals();
    private boolean ready;

    /** @param latency from the time at which a message was due to the time at which it was read here */
    Subscriber(Publisher publisher, String filter, Service service, Histogram latency, Connecting connecting) {
        this.publisher = publisher;
        this.subscribe = Packets.subscribe(filter, service.qos());
        this.latency = latency;
        this.connection = connecting.open("sub-" + publisher.number(), service.cleanSession(), this);
    }

    @Override
    public void onSignedOn() {
        connection.room(subscribe.length).put(subscribe);
    }

    boolean isReady() {
        return ready;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void onPacket(int firstByte, ByteBuffer body, long now) {
        switch (firstByte >> 4) {
            case Packets.PUBLISH -> onPublish(firstByte >> 1 & 3, body, now);
            case Packets.SUBACK -> onSubAck(body);
            default -> throw new LoadFailure(connection + ": the server sent packet type " + (firstByte >> 4));
        }
    }

    private void onSubAck(ByteBuffer body) {
        if ((body.get(body.position() + 2) & 0x80) != 0) {
            throw new LoadFailure(connection + ": the server refused the subscription");
        }
        ready = true;
    }

    private void onPublish(int qos, ByteBuffer body, long now) {
        int at = body.position();
        at += 2 + (body.getShort(at) & 0xFFFF);
        if (qos > 0) {
            Packets.putAnswer(connection.room(4), Packets.PUBACK, body.getShort(at));
            at += 2;
        }
        if (body.limit() - at < Stamp.BYTES || Stamp.publisher(body, at) != publisher.number()) {
            throw new LoadFailure(connection + ": the server delivered a message that is not for this subscriber");
        }
        if (arrivals.add(Stamp.sequence(body, at))) {
            latency.record(now - Stamp.due(body, at));
            publisher.onDelivered();
        }
    }

    @Override
    public boolean send(long now) {
        return false;
    }

    void disconnect() {
        connection.disconnect();
    }
}
