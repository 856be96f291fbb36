package isthmus.gateway.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The Packet Identifiers of QoS 2 messages that came and were not released yet: a PUBLISH with one of them is a
 * repetition and must not reach the log again [MQTT-4.3.3-2]. Part of the Session state; owner thread only.
 */
final class ReceivedIds {
    private static final CompletableFuture<Void> STORED = CompletableFuture.completedFuture(null);

    private final Map<Integer, CompletionStage<Void>> storing = new HashMap<>();

    void restore(Set<Integer> packetIds) {
        packetIds.forEach(this::restore);
    }

    void restore(int packetId) {
        storing.put(packetId, STORED);
    }

    /** The storing of the message that came with this identifier, or null if none did. */
    @Nullable
    CompletionStage<Void> find(int packetId) {
        return storing.get(packetId);
    }

    void add(int packetId, CompletionStage<Void> stage) {
        storing.put(packetId, stage);
    }

    void remove(int packetId) {
        storing.remove(packetId);
    }

    void clear() {
        storing.clear();
    }
}
