package isthmus.gateway.auth;

import org.jspecify.annotations.Nullable;

/** Client Identifiers of the form {@code GroupID@@@DeviceID} (requirements 1.2). */
public final class ClientIds {
    private static final String SEPARATOR = "@@@";

    private ClientIds() {}

    /** Whether the identifier has nothing of that form, and so cannot be a mistaken one. */
    public static boolean isFree(String clientId) {
        return !clientId.contains(SEPARATOR);
    }

    /** The Group ID, or null when the identifier has not that form: both parts must be there. */
    public static @Nullable String groupOf(String clientId) {
        int at = clientId.indexOf(SEPARATOR);
        return at <= 0 || at + SEPARATOR.length() == clientId.length() ? null : clientId.substring(0, at);
    }

    /** The Device ID, or null in the same cases. */
    public static @Nullable String deviceOf(String clientId) {
        String group = groupOf(clientId);
        return group == null ? null : clientId.substring(group.length() + SEPARATOR.length());
    }

    /** Whether this is an identifier of that group. */
    public static boolean isOfGroup(String group, String clientId) {
        return clientId.startsWith(group) && clientId.startsWith(SEPARATOR, group.length());
    }
}
