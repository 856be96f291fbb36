package isthmus.gateway.topics;

import isthmus.gateway.spi.QoS;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all sessions that are online, and the filters of the backlog index, as a tree of filter levels:
 * the work of a match depends on the levels of the Topic Name and the wildcards beside them, not on the number of filters.
 * Walks without recursion, since a Topic Name may have 65,535 levels. Nodes that hold nothing are removed. Feed thread
 * only.
 *
 * @param <S> a subscriber; compared with {@code equals}
 */
public final class SubscriptionTree<S> {
    private final FilterNode<S> root = new FilterNode<>(null, "");
    private final List<Subscribers<S>> matched = new ArrayList<>();
    private final Walk<S> walk = new Walk<>();
    private long subscriptions;
    private long filters;
    private long nodes;

    /** Adds a subscription; replaces its QoS when the subscriber holds the filter already. */
    public void subscribe(TopicFilter filter, S subscriber, QoS qos) {
        FilterNode<S> node = nodeOf(filter);
        if (node.subscribers == null) {
            node.subscribers = new Subscribers<>();
            filters++;
        }
        if (node.subscribers.put(subscriber, qos)) {
            subscriptions++;
        }
    }

    /** Removes a subscription; does nothing when there is none. */
    public void unsubscribe(TopicFilter filter, S subscriber) {
        FilterNode<S> node = find(filter);
        if (node == null || node.subscribers == null || !node.subscribers.remove(subscriber)) {
            return;
        }
        subscriptions--;
        if (node.subscribers.size() == 0) {
            node.subscribers = null;
            filters--;
            prune(node);
        }
    }

    /** From now on the filter has this number (0 or more) in the backlog index. */
    public void index(TopicFilter filter, int filterId) {
        if (filterId < 0) {
            throw new IllegalArgumentException(
                    "Filter number " + filterId + " of " + filter + " (expected: 0 or more)");
        }
        nodeOf(filter).filterId = filterId;
    }

    /** The filter has no number in the backlog index any more. */
    public void unindex(TopicFilter filter) {
        FilterNode<S> node = find(filter);
        if (node != null) {
            node.filterId = FilterNode.NOT_INDEXED;
            prune(node);
        }
    }

    /** Clears {@code matches} and fills it with what the Topic Name matches now. */
    public void match(String topic, Matches<S> matches) {
        matches.clear();
        collect(topic, matches);
        int largest = largestOf(matched);
        if (largest >= 0) {
            matches.addFirst(matched.get(largest));
            for (int i = 0; i < matched.size(); i++) {
                if (i != largest) {
                    matches.addFurther(matched.get(i));
                }
            }
        }
        matched.clear();
    }

    /** How many pairs of filter and subscriber. */
    public long subscriptions() {
        return subscriptions;
    }

    /** How many different filters have a subscriber. */
    public long filters() {
        return filters;
    }

    /** How many levels are held, for filters with a subscriber or a number; 0 when the tree is empty. */
    long nodes() {
        return nodes;
    }

    /** Finds the nodes at which matching filters end. */
    private void collect(String topic, Matches<S> matches) {
        boolean reserved = TopicNames.isReserved(topic);
        walk.push(root, 0);
        while (walk.pop()) {
            FilterNode<S> node = walk.node();
            int start = walk.start();
            boolean wildcards = node != root || !reserved; // MQTT-4.7.2-1
            FilterNode<S> hash = node.hash();
            if (hash != null && wildcards) {
                take(hash, matches);
            }
            if (start > topic.length()) {
                take(node, matches);
                continue;
            }
            int end = TopicNames.levelEnd(topic, start);
            walk.push(node.named(topic, start, end), end + 1);
            if (wildcards) {
                walk.push(node.plus(), end + 1);
            }
        }
    }

    private void take(FilterNode<S> node, Matches<S> matches) {
        if (node.subscribers != null) {
            matched.add(node.subscribers);
        }
        if (node.filterId != FilterNode.NOT_INDEXED) {
            matches.addFilterId(node.filterId);
        }
    }

    private static <S> int largestOf(List<Subscribers<S>> all) {
        int largest = all.isEmpty() ? -1 : 0;
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).size() > all.get(largest).size()) {
                largest = i;
            }
        }
        return largest;
    }

    private @Nullable FilterNode<S> find(TopicFilter filter) {
        FilterNode<S> node = root;
        for (String level : filter.levels()) {
            node = node.child(level);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private FilterNode<S> nodeOf(TopicFilter filter) {
        FilterNode<S> node = root;
        for (String level : filter.levels()) {
            FilterNode<S> child = node.child(level);
            if (child == null) {
                child = node.add(level);
                nodes++;
            }
            node = child;
        }
        return node;
    }

    private void prune(FilterNode<S> leaf) {
        FilterNode<S> node = leaf;
        while (node.parent != null && node.isEmpty()) {
            node.parent.remove(node);
            node = node.parent;
            nodes--;
        }
    }
}
