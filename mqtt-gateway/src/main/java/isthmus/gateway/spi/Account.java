package isthmus.gateway.spi;

import java.util.Set;

/**
 * An account that devices sign on with.
 *
 * @param accessKey its name, the User Name of a CONNECT
 * @param secretKey what passwords are signed with; never logged
 * @param publish parent topics it may publish to; {@code *} alone means all
 * @param subscribe parent topics it may subscribe to; {@code *} alone means all
 * @param groups group ids whose devices may use it; {@code *} alone means all
 */
public record Account(
        String accessKey, String secretKey, Set<String> publish, Set<String> subscribe, Set<String> groups) {
    private static final String ALL = "*";

    public Account {
        publish = Set.copyOf(publish);
        subscribe = Set.copyOf(subscribe);
        groups = Set.copyOf(groups);
    }

    public boolean mayPublish(String parentTopic) {
        return publish.contains(ALL) || publish.contains(parentTopic);
    }

    public boolean maySubscribe(String parentTopic) {
        return subscribe.contains(ALL) || subscribe.contains(parentTopic);
    }

    public boolean mayUse(String groupId) {
        return groups.contains(ALL) || groups.contains(groupId);
    }

    /** Whether Clients may use it that belong to no group. */
    public boolean mayUseAllGroups() {
        return groups.contains(ALL);
    }

    /** Without the secret key. */
    @Override
    public String toString() {
        return "Account[" + accessKey + "]";
    }
}
