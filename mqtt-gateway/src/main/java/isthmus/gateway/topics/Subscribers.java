package isthmus.gateway.topics;

import isthmus.gateway.spi.QoS;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one filter with their QoS, in arrays without gaps: ten thousand of them are copied at once. A map
 * from subscriber to place exists only where there are many. Feed thread only.
 */
final class Subscribers<S> {
    private static final int MANY = 16;

    private @Nullable Object[] who = new @Nullable Object[1];
    private byte[] qos = new byte[1];
    private int size;
    private @Nullable Map<S, Integer> places;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only put() stores, and it stores S
    S subscriber(int place) {
        return (S) Objects.requireNonNull(who[place]);
    }

    QoS qos(int place) {
        return QoS.of(qos[place]);
    }

    /** The place of a subscriber, or -1. */
    int find(S subscriber) {
        if (places != null) {
            return places.getOrDefault(subscriber, -1);
        }
        for (int i = 0; i < size; i++) {
            if (subscriber.equals(who[i])) {
                return i;
            }
        }
        return -1;
    }

    /** @return whether it is new; otherwise its QoS was replaced */
    boolean put(S subscriber, QoS level) {
        int place = find(subscriber);
        if (place >= 0) {
            qos[place] = (byte) level.level();
            return false;
        }
        if (size == who.length) {
            resize(size * 2);
        }
        who[size] = subscriber;
        qos[size] = (byte) level.level();
        if (places != null) {
            places.put(subscriber, size);
        }
        size++;
        if (places == null && size > MANY) {
            places = placesOfAll();
        }
        return true;
    }

    /** The last one takes the place of the removed one. */
    boolean remove(S subscriber) {
        int place = find(subscriber);
        if (place < 0) {
            return false;
        }
        int last = --size;
        if (places != null) {
            places.remove(subscriber);
            if (place != last) {
                places.put(subscriber(last), place);
            }
        }
        who[place] = who[last];
        qos[place] = qos[last];
        who[last] = null;
        shrink();
        return true;
    }

    private void shrink() {
        if (size <= MANY / 2) {
            places = null;
        }
        if (size < who.length / 4) {
            resize(who.length / 2);
        }
    }

    private void resize(int capacity) {
        who = Arrays.copyOf(who, capacity);
        qos = Arrays.copyOf(qos, capacity);
    }

    private Map<S, Integer> placesOfAll() {
        Map<S, Integer> all = new HashMap<>();
        for (int i = 0; i < size; i++) {
            all.put(subscriber(i), i);
        }
        return all;
    }

    /** Copies all of them to the front of two arrays that are long enough. */
    void copyTo(@Nullable Object[] toWho, byte[] toQos) {
        System.arraycopy(who, 0, toWho, 0, size);
        System.arraycopy(qos, 0, toQos, 0, size);
    }
}
