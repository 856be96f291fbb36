package isthmus.server.resources;

import isthmus.queue.api.QueueTopic;
import java.util.List;
import java.util.function.UnaryOperator;

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
        Topic topic = ledger.now().topics().get(name);
        if (topic == null) {
            throw ResourceProblem.missing("topic", "topic", name);
        }
        return topic;
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

    public void setPermission(String name, TopicPermission permission) {
        change(name, topic -> new Topic(name, topic.type(), permission, topic.remark()));
    }

    public void setType(String name, QueueTopic.Kind type) {
        change(name, topic -> new Topic(name, type, topic.permission(), topic.remark()));
    }

    public void setRemark(String name, String remark) {
        NameRules.requireRemark(remark);
        change(name, topic -> new Topic(name, topic.type(), topic.permission(), remark));
    }

    /** Deletes it: who has subscribed to it is disconnected, and nobody finds its messages any more. */
    public void delete(String name) {
        ledger.change(draft -> {
            draft.topic(name);
            draft.removeTopic(name);
            return name;
        });
    }

    private void change(String name, UnaryOperator<Topic> change) {
        ledger.change(draft -> {
            Topic after = change.apply(draft.topic(name));
            if (!after.equals(draft.topic(name))) {
                draft.put(after);
            }
            return name;
        });
    }
}
