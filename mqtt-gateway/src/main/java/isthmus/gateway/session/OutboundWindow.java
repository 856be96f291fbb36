package isthmus.gateway.session;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoredSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing QoS 1 and 2 messages that the Client has not acknowledged, in the order in which they were first sent
 * (sections 4.3 and 4.4). It holds positions in the log, not payloads. Part of the Session state; owner thread only.
 */
final class OutboundWindow {
    private static final int MAX_PACKET_ID = 65_535;

    /**
     * One unacknowledged message.
     *
     * @param released whether PUBREC came, so that only PUBCOMP is missing
     * @param kept whether the message may wait in the Client's inbox and has to be taken out there
     * @param retained the message itself, when it was sent as a retained message: the log may no longer have it
     */
    record Entry(
            int packetId, long position, QoS qos, boolean released, boolean kept, @Nullable LoggedMessage retained) {
        Entry asReleased() {
            return new Entry(packetId, position, qos, true, kept, null);
        }
    }

    private final int limit;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();
    private int lastPacketId;

    OutboundWindow(int limit) {
        this.limit = Math.min(limit, MAX_PACKET_ID);
    }

    void restore(List<StoredSession.InFlight> inFlight) {
        for (StoredSession.InFlight each : inFlight) {
            entries.put(
                    each.packetId(),
                    new Entry(each.packetId(), each.position(), each.qos(), each.released(), true, null));
            lastPacketId = each.packetId();
        }
    }

    boolean hasRoom() {
        return entries.size() < limit;
    }

    /** Takes a message in, under a Packet Identifier that is not in use [MQTT-2.3.1-4]. There must be room. */
    Entry add(long position, QoS qos, boolean kept, @Nullable LoggedMessage retained) {
        do {
            lastPacketId = lastPacketId == MAX_PACKET_ID ? 1 : lastPacketId + 1;
        } while (entries.containsKey(lastPacketId));
        Entry entry = new Entry(lastPacketId, position, qos, false, kept, retained);
        entries.put(lastPacketId, entry);
        return entry;
    }

    boolean holds(int packetId) {
        return entries.containsKey(packetId);
    }

    /** PUBACK came. The entry that it ends, or null if it ends none. */
    @Nullable
    Entry acknowledged(int packetId) {
        Entry entry = entries.get(packetId);
        return entry != null && entry.qos() == QoS.AT_LEAST_ONCE ? entries.remove(packetId) : null;
    }

    /** PUBREC came. The entry that it moves on, or null if there is none in that state. */
    @Nullable
    Entry received(int packetId) {
        Entry entry = entries.get(packetId);
        if (entry == null || entry.qos() != QoS.EXACTLY_ONCE || entry.released()) {
            return null;
        }
        entries.put(packetId, entry.asReleased());
        return entry;
    }

    /** PUBCOMP came. The entry that it ends, or null if it ends none. */
    @Nullable
    Entry completed(int packetId) {
        Entry entry = entries.get(packetId);
        return entry != null && entry.released() ? entries.remove(packetId) : null;
    }

    /** The message is no longer to be had: its Packet Identifier is free again. */
    void drop(int packetId) {
        entries.remove(packetId);
    }

    void clear() {
        entries.clear();
    }

    /** In the order in which they were first sent. */
    List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    int size() {
        return entries.size();
    }
}
