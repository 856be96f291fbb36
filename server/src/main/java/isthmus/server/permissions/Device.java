package isthmus.server.permissions;

import isthmus.gateway.auth.ClientIds;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of a policy stand for.
 *
 * @param groupId null for a Client that belongs to no group
 * @param deviceId null for a Client that belongs to no group
 */
public record Device(String clientId, @Nullable String groupId, @Nullable String deviceId) {
    public static Device of(String clientId) {
        return new Device(clientId, ClientIds.groupOf(clientId), ClientIds.deviceOf(clientId));
    }
}
