package isthmus.conformance.crash;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Everything that was ever sent, by name, and what was seen on the way that must not be. Any thread. */
final class Ledger {
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** Before the first byte of it is sent. */
    Sent enter(Sent message) {
        if (sent.put(message.name(), message) != null) {
            throw new IllegalStateException("two messages are named " + message.name());
        }
        return message;
    }

    @Nullable
    Sent find(String name) {
        return sent.get(name);
    }

    Collection<Sent> all() {
        return sent.values();
    }

    int acknowledged() {
        return (int) sent.values().stream().filter(Sent::isAcknowledged).count();
    }

    /** Something happened that the standard forbids, whatever was killed. */
    void violation(String sentence) {
        violations.add(sentence);
    }

    List<String> violations() {
        return violations;
    }
}
