package isthmus.server.resources;

import isthmus.queue.api.QueueTopic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parent topics: make, list, change, delete. Any thread but event loops. See {@link Accounts} for what a change does. */
public final class Topics {
    private final Ledger ledger;

    Topics(Ledger ledger) {
        this.ledger = ledger;
    }

    /** All, in the order of their names. */
    public List<Topic> list() {
        return List.copyOf(ledger.now().topics().values());
    }

    public Topic get(String name) {
        return ResourceProblem.require(ledger.now().topics(), "topic", name);
    }

    public Topic create(String name, QueueTopic.Kind type, TopicPermission permission, String remark) {
        NameRules.requireTopic(name);
        NameRules.requireRemark(remark);
        Topic topic = new Topic(name, type, permission, remark);
        return ledger.change(draft -> {
            if (draft.topics().containsKey(name)) {
                throw ResourceProblem.exists("name", "topic", name);
            }
            draft.put(topic);
            return topic;
        });
    }

    /** Changes what is not null. */
    public Topic change(
            String name,
            QueueTopic.@Nullable Kind type,
            @Nullable TopicPermission permission,
            @Nullable String remark) {
        NameRules.requireRemark(remark == null ? "" : remark);
        return ledger.change(draft -> {
            Topic before = draft.topic(name);
            Topic after = new Topic(
                    name,
                    type == null ? before.type() : type,
                    permission == null ? before.permission() : permission,
                    remark == null ? before.remark() : remark);
            if (!after.equals(before)) {
                draft.put(after);
            }
            return after;
        });
    }

    /** Deletes it: who has subscribed to it is disconnected, and nobody finds its messages any more. */
    public void delete(String name) {
        ledger.change(draft -> {
            draft.topic(name);
            draft.removeTopic(name);
            return name;
        });
    }
}
