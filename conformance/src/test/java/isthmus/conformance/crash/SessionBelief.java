package isthmus.conformance.crash;

import org.jspecify.annotations.Nullable;

/** What a Client knows of its session on the server, to judge Session Present by (section 3.2.2.2). One thread. */
final class SessionBelief {
    /** Whether the server has a stored session; null when the answer to a CONNECT was lost. */
    private @Nullable Boolean stored = false;

    /** CONNECT is being sent: whether it will have an effect is not known. */
    private @Nullable Boolean before = false;

    void asked(boolean clean) {
        before = stored;
        if (stored != null && stored == clean) {
            stored = null;
        }
    }

    /** @return a sentence about what is wrong with Session Present, or empty */
    String answered(boolean clean, boolean present) {
        Boolean had = before;
        stored = !clean;
        if (clean && present) {
            return "Session Present after Clean Session 1 [MQTT-3.2.2-1]";
        }
        if (!clean && had != null && had != present) {
            return present
                    ? "Session Present, but the last session was clean [MQTT-3.2.2-3]"
                    : "the stored session is lost: Session Present is 0 [MQTT-3.2.2-2]";
        }
        return "";
    }
}
