package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Sends to its topics, one after the other, when the {@link Schedule} and the two windows of the {@link Traffic} let it. */
final class Publisher implements Role {
    /** So much is written before the others have their turn. */
    private static final int BATCH_BYTES = 16 * 1024;

    private final int number;
    private final Traffic traffic;
    /** One for each topic. */
    private final List<PublishPacket> packets = new ArrayList<>();

    private final Schedule schedule;
    private final Histogram lateness;
    private final PacketIds packetIds;
    private final Connection connection;
    private long sent;
    private long delivered;
    private long acknowledged;
    private long most = Long.MAX_VALUE;
    private boolean ready;

    /** @param lateness how late messages are sent, which is the load's fault and not the server's */
    Publisher(
            int number,
            Traffic traffic,
            List<String> topics,
            Schedule schedule,
            Histogram lateness,
            Connecting connecting) {
        this.number = number;
        this.traffic = traffic;
        for (String topic : topics) {
            int topicNumber = number + packets.size() * traffic.shape().publishers();
            packets.add(new PublishPacket(topicNumber, topic, traffic.service().qos(), traffic.payloadBytes()));
        }
        this.schedule = schedule;
        this.lateness = lateness;
        this.packetIds = new PacketIds(traffic.unacknowledged());
        this.connection = connecting.open("pub-" + number, true, this);
        schedule.add(this);
    }

    @Override
    public void onSignedOn() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    long sent() {
        return sent;
    }

    /** Messages that were received, each counted once for each who received it. */
    long delivered() {
        return delivered;
    }

    /** Messages with QoS 1 or 2 that the server has acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** After so many messages it sends no more. */
    void atMost(long messages) {
        most = messages;
    }

    /** There may be something to send. */
    void wake() {
        connection.mark();
    }

    /** A subscriber has received one more message. */
    void onDelivered() {
        delivered++;
        if (schedule.isFullSpeed()) {
            wake();
        }
    }

    @Override
    public void onPacket(int firstByte, ByteBuffer body, long now) {
        int packetId = body.getShort(body.position()) & 0xFFFF;
        int last = traffic.service().qos() == 2 ? Packets.PUBCOMP : Packets.PUBACK;
        if (firstByte >> 4 == Packets.PUBREC && last == Packets.PUBCOMP) {
            Packets.putAnswer(connection.room(4), Packets.PUBREL, packetId);
            return;
        }
        if (firstByte >> 4 != last || !packetIds.release(packetId)) {
            throw new LoadFailure(connection + ": the server sent packet type " + (firstByte >> 4)
                    + " with Packet Identifier " + packetId + ", which nothing had asked for");
        }
        acknowledged++;
        wake();
    }

    @Override
    public boolean send(long now) {
        int written = 0;
        while (maySend(now)) {
            if (written > BATCH_BYTES) {
                return true;
            }
            long due = schedule.dueAt(number, sent, now);
            int packetId = traffic.service().qos() == 0 ? 0 : packetIds.take();
            PublishPacket packet = packets.get((int) (sent % packets.size()));
            packet.writeTo(connection.room(packet.length()), packetId, sent / packets.size(), due);
            lateness.record(now - due);
            written += packet.length();
            sent++;
        }
        return false;
    }

    private boolean maySend(long now) {
        return schedule.isRunning()
                && schedule.dueAt(number, sent, now) <= now
                && sent < most
                && sent - delivered / traffic.shape().copies() < traffic.undelivered()
                && !packetIds.isExhausted();
    }

    void disconnect() {
        connection.disconnect();
    }
}
