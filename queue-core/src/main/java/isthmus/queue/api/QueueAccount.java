package isthmus.queue.api;

import java.util.Set;

/**
 * An account of RocketMQ clients.
 *
 * @param accessKey its name
 * @param secretKey what requests are signed with; never logged
 * @param publish the topics it may send to; {@code *} alone means all
 * @param subscribe the topics it may receive from; {@code *} alone means all
 * @param groups the consumer groups it may use; {@code *} alone means all
 */
public record QueueAccount(
        String accessKey, String secretKey, Set<String> publish, Set<String> subscribe, Set<String> groups) {
    private static final String ALL = "*";

    public QueueAccount {
        publish = Set.copyOf(publish);
        subscribe = Set.copyOf(subscribe);
        groups = Set.copyOf(groups);
    }

    /** Whether it may receive whatever another may, with the same groups. */
    public boolean mayReceiveAllOf(QueueAccount other) {
        return includes(subscribe, other.subscribe) && includes(groups, other.groups);
    }

    private static boolean includes(Set<String> names, Set<String> others) {
        return names.contains(ALL) || names.containsAll(others);
    }

    /** Without the secret key. */
    @Override
    public String toString() {
        return "QueueAccount[" + accessKey + "]";
    }
}
