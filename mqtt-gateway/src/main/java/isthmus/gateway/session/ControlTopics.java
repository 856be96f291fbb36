package isthmus.gateway.session;

import java.util.Set;

/**
 * Topics to which clients of the hosted products publish requests. They are acknowledged and have no effect, because what
 * they ask for is always so: one Client's messages keep their order, and waiting messages come by themselves
 * (wire contract 1.5, 1.6).
 */
final class ControlTopics {
    private static final String TOKEN_UPLOAD = "$SYS/uploadToken";
    private static final Set<String> KNOWN = Set.of("$SYS/enableOrderMsg", "$SYS/getOfflineMsg");

    private ControlTopics() {}

    /** Whether it is where Clients publish fresh tokens, which does have an effect. */
    static boolean isTokenUpload(String topic) {
        return topic.equals(TOKEN_UPLOAD);
    }

    static boolean isKnown(String topic) {
        return topic.charAt(0) == '$' && KNOWN.contains(topic);
    }
}
