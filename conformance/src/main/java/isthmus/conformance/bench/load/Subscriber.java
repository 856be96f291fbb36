package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Subscribes, acknowledges what comes, and hands it on. */
final class Subscriber implements Role {
    /** The server takes these few at a time: a packet has its limits. */
    private static final int FILTERS_PER_PACKET = 200;

    private final Deque<byte[]> subscribes = new ArrayDeque<>();
    private final Inbox inbox;
    private final Connection connection;
    private boolean ready;

    Subscriber(int number, List<String> filters, Service service, Inbox inbox, Connecting connecting) {
        for (int i = 0; i < filters.size(); i += FILTERS_PER_PACKET) {
            List<String> some = filters.subList(i, Math.min(filters.size(), i + FILTERS_PER_PACKET));
            subscribes.add(Packets.subscribe(some, service.qos()));
        }
        this.inbox = inbox;
        this.connection = connecting.open("sub-" + number, service.cleanSession(), this);
    }

    @Override
    public void onSignedOn() {
        subscribeNext();
    }

    private void subscribeNext() {
        byte[] subscribe = subscribes.remove();
        connection.room(subscribe.length).put(subscribe);
    }

    boolean isReady() {
        return ready;
    }

    @Override
    public void onPacket(int firstByte, ByteBuffer body, long now) {
        switch (firstByte >> 4) {
            case Packets.PUBLISH -> onPublish(firstByte >> 1 & 3, body, now);
            case Packets.PUBREL ->
                Packets.putAnswer(connection.room(4), Packets.PUBCOMP, body.getShort(body.position()));
            case Packets.SUBACK -> onSubAck(body);
            default -> throw new LoadFailure(connection + ": the server sent packet type " + (firstByte >> 4));
        }
    }

    private void onSubAck(ByteBuffer body) {
        for (int at = body.position() + 2; at < body.limit(); at++) {
            if ((body.get(at) & 0x80) != 0) {
                throw new LoadFailure(connection + ": the server refused a subscription");
            }
        }
        if (subscribes.isEmpty()) {
            ready = true;
        } else {
            subscribeNext();
        }
    }

    private void onPublish(int qos, ByteBuffer body, long now) {
        int at = body.position();
        at += 2 + (body.getShort(at) & 0xFFFF);
        if (qos > 0) {
            Packets.putAnswer(connection.room(4), qos == 2 ? Packets.PUBREC : Packets.PUBACK, body.getShort(at));
            at += 2;
        }
        if (body.limit() - at < Stamp.BYTES) {
            throw new LoadFailure(connection + ": the server delivered a message that nobody has sent");
        }
        inbox.onMessage(body.position(at), now);
    }

    @Override
    public boolean send(long now) {
        return false;
    }

    void disconnect() {
        connection.disconnect();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
