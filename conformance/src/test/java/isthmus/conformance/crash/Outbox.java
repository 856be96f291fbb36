package isthmus.conformance.crash;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sending half of a Client: what was published and is not completely acknowledged, with its Packet Identifiers, in the
 * order in which it was first sent (sections 4.3 and 4.4). Device thread only.
 */
final class Outbox {
    private static final int WINDOW = 10;

    /** @param released whether PUBREC came, so that PUBREL is what is sent again */
    private record Unfinished(Sent message, boolean released) {}

    private final Map<Integer, Unfinished> unfinished = new LinkedHashMap<>();
    private int lastId;

    boolean hasRoom() {
        return unfinished.size() < WINDOW;
    }

    boolean isEmpty() {
        return unfinished.isEmpty();
    }

    void publish(MqttSocket socket, Sent message) throws IOException {
        do {
            lastId = lastId == 200 ? 1 : lastId + 1; // few, so that identifiers are used again soon
        } while (unfinished.containsKey(lastId));
        unfinished.put(lastId, new Unfinished(message, false));
        message.attempt();
        socket.send(PacketBytes.publish(message, lastId, false));
    }

    /** A new connection with the session of before: everything unfinished is sent again [MQTT-4.4.0-1]. */
    void resume(MqttSocket socket) throws IOException {
        for (Map.Entry<Integer, Unfinished> each : unfinished.entrySet()) {
            if (each.getValue().released()) {
                socket.send(PacketBytes.pubRel(each.getKey()));
            } else {
                each.getValue().message().attempt();
                socket.send(PacketBytes.publish(each.getValue().message(), each.getKey(), true));
            }
        }
    }

    /** A new session: what is unfinished stays so, and is never repeated. */
    void forget() {
        unfinished.clear();
    }

    /** @return a sentence about what is wrong with the acknowledgement, or empty */
    String onAck(MqttSocket socket, Frame frame) throws IOException {
        int id = frame.packetId();
        Unfinished entry = unfinished.get(id);
        if (entry == null) {
            return "packet type " + frame.type() + " for identifier " + id + ", which is not in use";
        }
        Sent message = entry.message();
        if (frame.type() != Frame.PUBCOMP) {
            String early = earlier(id, frame.type());
            if (!early.isEmpty() && !entry.released()) {
                return message.name() + " is acknowledged before " + early + " (section 4.6)";
            }
            message.acknowledge();
        }
        if (frame.type() == Frame.PUBREC) {
            unfinished.put(id, new Unfinished(message, true));
            socket.send(PacketBytes.pubRel(id));
        } else {
            unfinished.remove(id);
        }
        return "";
    }

    /** The message that ought to have been acknowledged first: PUBACKs and PUBRECs come in the order of the PUBLISHes. */
    private String earlier(int id, int type) {
        int qos = type == Frame.PUBACK ? 1 : 2;
        for (Iterator<Map.Entry<Integer, Unfinished>> each =
                        unfinished.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<Integer, Unfinished> entry = each.next();
            if (entry.getKey() == id) {
                return "";
            }
            Unfinished before = entry.getValue();
            if (!before.released() && before.message().qos() == qos) {
                return before.message().name();
            }
        }
        return "";
    }
}
