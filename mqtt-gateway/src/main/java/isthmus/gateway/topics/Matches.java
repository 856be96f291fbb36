package isthmus.gateway.topics;

import isthmus.gateway.spi.QoS;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one Topic Name matches: each subscriber once, with the highest QoS of its matching filters (MQTT-3.3.5-1), and the
 * numbers of the matching filters in the backlog index. Made once and filled by {@link SubscriptionTree#match} again and
 * again. Feed thread only.
 */
public final class Matches<S> {
    /** A map that once grew larger than this is not kept, because emptying it costs its size. */
    private static final int LARGE = 1024;

    private @Nullable Object[] who = new @Nullable Object[16];
    private byte[] qos = new byte[16];
    private int size;

    private int[] filterIds = new int[16];
    private int filterIdCount;

    /** Where the subscribers that are not among the {@link #first} are. */
    private Map<S, Integer> places = new HashMap<>();

    private @Nullable Subscribers<S> first;

    /** How many subscribers. */
    public int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only S is ever stored
    public S subscriber(int i) {
        return (S) Objects.requireNonNull(who[i]);
    }

    public QoS qos(int i) {
        return QoS.of(qos[i]);
    }

    /** How many matching filters have a number in the backlog index. */
    public int filterIdCount() {
        return filterIdCount;
    }

    public int filterId(int i) {
        assert i < filterIdCount : i;
        return filterIds[i];
    }

    public boolean isEmpty() {
        return size == 0 && filterIdCount == 0;
    }

    /** Forgets everything, so that subscribers that are gone are not held. */
    public void clear() {
        Arrays.fill(who, 0, size, null);
        size = 0;
        filterIdCount = 0;
        first = null;
        if (places.size() > LARGE) {
            places = new HashMap<>();
        } else {
            places.clear();
        }
    }

    void addFilterId(int filterId) {
        if (filterIdCount == filterIds.length) {
            filterIds = Arrays.copyOf(filterIds, filterIdCount * 2);
        }
        filterIds[filterIdCount++] = filterId;
    }

    /** Takes all subscribers of one filter at once. The largest filter comes first: the others are compared with it. */
    void addFirst(Subscribers<S> subscribers) {
        ensure(subscribers.size());
        subscribers.copyTo(who, qos);
        size = subscribers.size();
        first = subscribers;
    }

    /** Takes the subscribers of a further filter, each unless it is here already, in which case its QoS may rise. */
    void addFurther(Subscribers<S> subscribers) {
        ensure(size + subscribers.size());
        for (int i = 0; i < subscribers.size(); i++) {
            S subscriber = subscribers.subscriber(i);
            byte level = (byte) subscribers.qos(i).level();
            int place = find(subscriber);
            if (place >= 0) {
                qos[place] = (byte) Math.max(qos[place], level);
            } else {
                places.put(subscriber, size);
                who[size] = subscriber;
                qos[size++] = level;
            }
        }
    }

    private int find(S subscriber) {
        int place = first == null ? -1 : first.find(subscriber);
        return place >= 0 ? place : places.getOrDefault(subscriber, -1);
    }

    private void ensure(int capacity) {
        if (capacity > who.length) {
            int larger = Math.max(capacity, who.length * 2);
            who = Arrays.copyOf(who, larger);
            qos = Arrays.copyOf(qos, larger);
        }
    }
}
