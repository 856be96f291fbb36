package isthmus.gateway.store;

import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.CursorMoved;
import isthmus.gateway.spi.StoreChange.InFlightAdded;
import isthmus.gateway.spi.StoreChange.InFlightDone;
import isthmus.gateway.spi.StoreChange.InFlightReleased;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left of changes that are written together when those are taken out that others make void: a message that was sent
 * and acknowledged meanwhile, a cursor that has moved on. Used by one thread.
 */
final class Condensed {
    private record Packet(String clientId, int packetId) {}

    private final @Nullable StoreChange[] left;
    private final Map<Packet, Integer> added = new HashMap<>();
    private final Map<String, Integer> cursors = new HashMap<>();

    private Condensed(List<StoreChange> changes) {
        left = changes.toArray(StoreChange[]::new);
    }

    static List<StoreChange> of(List<StoreChange> changes) {
        return changes.size() < 2 ? changes : new Condensed(changes).left();
    }

    private List<StoreChange> left() {
        for (int i = 0; i < left.length; i++) {
            look(i);
        }
        return Arrays.stream(left).filter(Objects::nonNull).toList();
    }

    private void look(int at) {
        StoreChange change = left[at];
        if (change instanceof CursorMoved c) {
            takeOut(cursors.put(c.clientId(), at));
        } else if (change instanceof InFlightAdded c) {
            added.put(new Packet(c.clientId(), c.packetId()), at);
        } else if (change instanceof InFlightReleased c) {
            added.remove(new Packet(c.clientId(), c.packetId())); // there are three to take out then: not worth it
        } else if (change instanceof InFlightDone c) {
            Integer begun = added.remove(new Packet(c.clientId(), c.packetId()));
            if (begun != null) {
                takeOut(begun);
                takeOut(at);
            }
        }
    }

    private void takeOut(@Nullable Integer at) {
        if (at != null) {
            left[at] = null;
        }
    }
}
