package isthmus.gateway.topics;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a walk through the tree has still to visit, each with the place in the Topic Name where its next level
 * begins. Kept between walks so that a walk allocates nothing. Feed thread only.
 */
final class Walk<S> {
    @SuppressWarnings({"unchecked", "rawtypes"})
    private @Nullable FilterNode<S>[] nodes = new @Nullable FilterNode[32];

    private int[] starts = new int[32];
    private int waiting;

    /** Remembers a node, if there is one. */
    void push(@Nullable FilterNode<S> node, int start) {
        if (node == null) {
            return;
        }
        if (waiting + 1 >= nodes.length) {
            nodes = Arrays.copyOf(nodes, nodes.length * 2);
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        nodes[waiting] = node;
        starts[waiting++] = start;
    }

    /** Goes to the next node, or returns false when all were visited. */
    boolean pop() {
        nodes[waiting] = null; // the one visited last: a removed node must not be held
        waiting--;
        if (waiting < 0) {
            waiting = 0;
            return false;
        }
        return true;
    }

    FilterNode<S> node() {
        return Objects.requireNonNull(nodes[waiting]);
    }

    int start() {
        return starts[waiting];
    }
}
