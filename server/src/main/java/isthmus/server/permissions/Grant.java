package isthmus.server.permissions;

import java.util.Set;

/**
 * What an account was given directly, beside its policies.
 *
 * @param publish parent topics it may publish to; {@code *} means all
 * @param subscribe parent topics it may subscribe to; {@code *} means all
 * @param groups groups it may be used with; {@code *} means all
 */
public record Grant(Set<String> publish, Set<String> subscribe, Set<String> groups) {
    public static final String ALL = "*";

    public Grant {
        publish = Set.copyOf(publish);
        subscribe = Set.copyOf(subscribe);
        groups = Set.copyOf(groups);
    }

    /** Everything. */
    public static Grant all() {
        return new Grant(Set.of(ALL), Set.of(ALL), Set.of(ALL));
    }

    /** Nothing. */
    public static Grant none() {
        return new Grant(Set.of(), Set.of(), Set.of());
    }

    boolean allows(Action action, String parentTopic) {
        Set<String> topics = action == Action.PUB ? publish : subscribe;
        return topics.contains(ALL) || topics.contains(parentTopic);
    }
}
