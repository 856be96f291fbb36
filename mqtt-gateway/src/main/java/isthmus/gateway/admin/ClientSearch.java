package isthmus.gateway.admin;

import isthmus.gateway.auth.ClientIds;
import org.jspecify.annotations.Nullable;

/**
 * Which Clients are meant; null means any.
 *
 * @param prefix of the Client Identifier
 * @param group the Group ID before {@code @@@}
 * @param address an IP address, with or without a port
 */
public record ClientSearch(
        @Nullable String prefix, @Nullable String group, @Nullable String address, @Nullable Boolean online) {
    public boolean matches(ClientStatus status) {
        return (online == null || online == status.isOnline()) && (address == null || isAt(address, status));
    }

    /** Before anything else is looked at: most are sorted out here. */
    public boolean matchesId(String clientId) {
        return (prefix == null || clientId.startsWith(prefix))
                && (group == null || ClientIds.isOfGroup(group, clientId));
    }

    private static boolean isAt(String address, ClientStatus status) {
        ClientConnection connection = status.connection();
        return connection != null
                && (connection.address().equals(address) || connection.address().startsWith(address + ":"));
    }
}
