package isthmus.server.permissions;

import java.util.ArrayList;
import java.util.List;

/**
 * What follows from grants and policies for one action and one parent topic. Denied wins over allowed, and what nobody
 * allows is denied.
 *
 * @param everything whether all below the parent topic is allowed, but for what is denied
 * @param allowed sub-topics that are allowed, when not all are
 * @param denied sub-topics that are denied
 */
record Verdict(boolean everything, List<SubTopics> allowed, List<SubTopics> denied) {
    static final Verdict EVERYTHING = new Verdict(true, List.of(), List.of());
    static final Verdict NOTHING = new Verdict(false, List.of(), List.of());

    static Verdict of(Action action, String parent, Grant grant, List<Policy> policies) {
        boolean everything = grant.allows(action, parent);
        List<SubTopics> allowed = new ArrayList<>();
        List<SubTopics> denied = new ArrayList<>();
        for (Policy policy : policies) {
            for (Statement statement : policy.statements()) {
                for (TopicPattern topic : topicsFor(statement, action, parent)) {
                    if (topic.isWhole() && !statement.allows()) {
                        return NOTHING;
                    }
                    if (topic.isWhole()) {
                        everything = true;
                    } else {
                        (statement.allows() ? allowed : denied).add(topic.subTopics(!statement.allows()));
                    }
                }
            }
        }
        if (everything && denied.isEmpty()) {
            return EVERYTHING;
        }
        return everything || !allowed.isEmpty()
                ? new Verdict(everything, List.copyOf(allowed), List.copyOf(denied))
                : NOTHING;
    }

    private static List<TopicPattern> topicsFor(Statement statement, Action action, String parent) {
        return statement.actions().contains(action)
                ? statement.topics().stream().filter(each -> each.isIn(parent)).toList()
                : List.of();
    }

    /** Whether a Topic Name is allowed; {@code start} is where its second level begins. */
    boolean allows(String topic, int start, Device device) {
        for (int i = 0; i < denied.size(); i++) {
            if (denied.get(i).matches(topic, start, device)) {
                return false;
            }
        }
        for (int i = 0; i < allowed.size() && !everything; i++) {
            if (allowed.get(i).matches(topic, start, device)) {
                return true;
            }
        }
        return everything;
    }

    /** Whether a Topic Filter is allowed: it may match what is denied, which is not delivered, but not that alone. */
    boolean allowsFilter(String filter, int start, Device device) {
        for (SubTopics each : denied) {
            if (each.covers(filter, start, device)) {
                return false;
            }
        }
        return everything || allowed.stream().anyMatch(each -> each.covers(filter, start, device));
    }

    /** Whether the whole parent topic is allowed, as a RocketMQ client needs it: it knows no sub-topics. */
    boolean isWhole() {
        return everything && denied.isEmpty();
    }
}
