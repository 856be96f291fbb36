package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/** One attachment of a stored session to the server: subscribes, acknowledges what comes, and keeps account of it. */
final class Returning implements Role {
    private final byte[] subscribe;
    private final Connection connection;
    private final Arrivals arrivals = new Arrivals();
    private boolean ready;

    Returning(int number, String filter, Service service, Connecting connecting) {
        this.subscribe = Packets.subscribe(filter, service.qos());
        this.connection = connecting.open("sub-" + number, false, this);
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
            case Packets.PUBLISH -> onPublish(firstByte >> 1 & 3, body);
            case Packets.PUBREL ->
                Packets.putAnswer(connection.room(4), Packets.PUBCOMP, body.getShort(body.position()));
            case Packets.SUBACK -> ready = true;
            default -> throw new LoadFailure(connection + ": the server sent packet type " + (firstByte >> 4));
        }
    }

    private void onPublish(int qos, ByteBuffer body) {
        int at = body.position();
        at += 2 + (body.getShort(at) & 0xFFFF);
        if (qos > 0) {
            Packets.putAnswer(connection.room(4), qos == 2 ? Packets.PUBREC : Packets.PUBACK, body.getShort(at));
            at += 2;
        }
        arrivals.add(Stamp.sequence(body, at));
    }

    @Override
    public boolean send(long now) {
        return false;
    }

    void disconnect() {
        connection.disconnect();
    }
}
