package isthmus.gateway.topics;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One level of some Topic Filters. Most nodes have one child (think of {@code parent/device-17/state}), so a map is made
 * for the second one only, and that child is found without making a string of the level. Feed thread only.
 */
final class FilterNode<S> {
    static final int NOT_INDEXED = -1;

    final @Nullable FilterNode<S> parent;
    final String level;

    /** Those whose filter ends here; null when there are none. */
    @Nullable
    Subscribers<S> subscribers;

    /** The number in the backlog index of the filter that ends here. */
    int filterId = NOT_INDEXED;

    private @Nullable FilterNode<S> plus;
    private @Nullable FilterNode<S> hash;
    private @Nullable FilterNode<S> onlyChild;
    private @Nullable Map<String, FilterNode<S>> children;

    FilterNode(@Nullable FilterNode<S> parent, String level) {
        this.parent = parent;
        this.level = level;
    }

    /** The child for {@code +}. */
    @Nullable
    FilterNode<S> plus() {
        return plus;
    }

    /** The child for {@code #}. */
    @Nullable
    FilterNode<S> hash() {
        return hash;
    }

    /** The child whose level, without a wildcard, is this part of a Topic Name. */
    @Nullable
    FilterNode<S> named(String topic, int start, int end) {
        if (onlyChild != null) {
            return TopicFilter.isRegion(topic, start, end, onlyChild.level) ? onlyChild : null;
        }
        return children == null ? null : children.get(topic.substring(start, end));
    }

    /** The child for a level of a filter, which may be a wildcard. */
    @Nullable
    FilterNode<S> child(String filterLevel) {
        return switch (filterLevel) {
            case TopicFilter.PLUS -> plus;
            case TopicFilter.HASH -> hash;
            default -> named(filterLevel, 0, filterLevel.length());
        };
    }

    /** Adds a child for a level that has none. */
    FilterNode<S> add(String filterLevel) {
        FilterNode<S> child = new FilterNode<>(this, filterLevel);
        switch (filterLevel) {
            case TopicFilter.PLUS -> plus = child;
            case TopicFilter.HASH -> hash = child;
            default -> addNamed(child);
        }
        return child;
    }

    private void addNamed(FilterNode<S> child) {
        if (children != null) {
            children.put(child.level, child);
        } else if (onlyChild == null) {
            onlyChild = child;
        } else {
            children = new HashMap<>(4);
            children.put(onlyChild.level, onlyChild);
            children.put(child.level, child);
            onlyChild = null;
        }
    }

    void remove(FilterNode<S> child) {
        switch (child.level) {
            case TopicFilter.PLUS -> plus = null;
            case TopicFilter.HASH -> hash = null;
            default -> removeNamed(child);
        }
    }

    private void removeNamed(FilterNode<S> child) {
        if (children == null) {
            onlyChild = null;
            return;
        }
        children.remove(child.level);
        if (children.size() == 1) {
            onlyChild = children.values().iterator().next();
            children = null;
        }
    }

    /** Whether no filter ends here or below. */
    boolean isEmpty() {
        return subscribers == null
                && filterId == NOT_INDEXED
                && plus == null
                && hash == null
                && onlyChild == null
                && children == null;
    }
}
