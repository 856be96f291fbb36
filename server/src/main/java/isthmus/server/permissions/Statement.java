package isthmus.server.permissions;

import java.util.List;
import java.util.Set;

/** One sentence of a policy: something is allowed or denied. */
record Statement(boolean allows, Set<Action> actions, List<TopicPattern> topics) {
    Statement {
        actions = Set.copyOf(actions);
        topics = List.copyOf(topics);
    }
}
