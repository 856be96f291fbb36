package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/** Subscribes, acknowledges what comes, and hands it on. */
final class Subscriber implements Role {
    private final byte[] subscribe;
    private final Inbox inbox;
    private final Connection connection;
    private boolean ready;

    Subscriber(int number, String filter, Service service, Inbox inbox, Connecting connecting) {
        this.subscribe = Packets.subscribe(filter, service.qos());
        this.inbox = inbox;
        this.connection = connecting.open("sub-" + number, service.cleanSession(), this);
    }

    @Override
    public void onSignedOn() {
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
        if ((body.get(body.position() + 2) & 0x80) != 0) {
            throw new LoadFailure(connection + ": the server refused the subscription");
        }
        ready = true;
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
