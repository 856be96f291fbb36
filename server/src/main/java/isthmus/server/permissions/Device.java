package isthmus.server.permissions;

import org.jspecify.annotations.Nullable;

/**
 * What the variables of a policy stand for.
 *
 * @param groupId null for a Client that belongs to no group
 * @param deviceId null for a Client that belongs to no group
 */
public record Device(String clientId, @Nullable String groupId, @Nullable String deviceId) {
    private static final String SEPARATOR = "@@@";

    public static Device of(String clientId) {
        int at = clientId.indexOf(SEPARATOR);
        boolean ofGroup = at > 0 && at + SEPARATOR.length() < clientId.length();
        return ofGroup
                ? new Device(clientId, clientId.substring(0, at), clientId.substring(at + SEPARATOR.length()))
                : new Device(clientId, null, null);
    }
}
