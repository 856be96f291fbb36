package isthmus.conformance.crash;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The receiving half of a Client: what its application was given, and the Packet Identifiers of QoS 2 messages that are not
 * released yet. Acknowledgements wait a while, so that a kill finds some that were never sent. Device thread only, but for
 * {@link #hasSeen} and {@link #deliveries}.
 */
final class Intake {
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unreleased = new HashSet<>();
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private int repeated;

    void onPublish(Frame publish, int connection) {
        int qos = publish.qos();
        if (qos == 2 && !unreleased.add(publish.packetId())) {
            repeated++;
        } else {
            String name = Sent.nameOf(publish.topic(), publish.payload());
            deliveries.add(new Delivery(name, publish.topic(), qos, publish.dup(), publish.retain(), connection));
            seen.add(name);
        }
        if (qos > 0) {
            answers.add(qos == 1 ? PacketBytes.pubAck(publish.packetId()) : PacketBytes.pubRec(publish.packetId()));
        }
    }

    void onPubRel(Frame pubRel) {
        unreleased.remove(pubRel.packetId());
        answers.add(PacketBytes.pubComp(pubRel.packetId()));
    }

    void answer(MqttSocket socket) throws IOException {
        for (byte[] next = answers.poll(); next != null; next = answers.poll()) {
            socket.send(next);
        }
    }

    /** Acknowledgements of one connection are not for the next. */
    void connected(boolean sessionPresent) {
        answers.clear();
        if (!sessionPresent) {
            unreleased.clear();
        }
    }

    boolean hasSeen(String name) {
        return seen.contains(name);
    }

    List<Delivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    /** QoS 2 messages that came again and were not given to the application again. */
    int repeated() {
        return repeated;
    }
}
