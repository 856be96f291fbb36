package isthmus.gateway.session;

import java.util.Set;

/**
 * Topics to which clients of the hosted products publish requests. They are acknowledged and have no effect, because what
 * they ask for is always so: one Client's messages keep their order, and waiting messages come by themselves
 * (wire contract 1.5, 1.6).
 */
final class ControlTopics {
    private static final Set<String> KNOWN = Set.of("$SYS/enableOrderMsg", "$SYS/getOfflineMsg");

    private ControlTopics() {}

    static boolean isKnown(String topic) {
        return topic.charAt(0) == '$' && KNOWN.contains(topic);
    }
}
