package isthmus.examples;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which devices are online, right although events may come late, twice and in any order. Of a device's connections the
 * one with the largest {@code eventIndex} is current; only its end takes the device offline, even if it came first.
 */
public final class OnlineDevices {
    private final Map<String, Connection> newest = new HashMap<>();
    private final Set<String> online = new TreeSet<>();
    private final Set<String> endedEarly = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > 10_000;
        }
    });

    /** Takes a {@code connect} or {@code tcpclean} event into account; returns whether the device came or went. */
    public synchronized boolean accept(PresenceEvent event) {
        return switch (event.eventType()) {
            case "connect" -> opened(event);
            case "tcpclean" -> closed(event);
            default -> false; // "disconnect" is the device's goodbye; the connection ends with "tcpclean"
        };
    }

    public synchronized boolean isOnline(String clientId) {
        return online.contains(clientId);
    }

    public synchronized Set<String> online() {
        return new TreeSet<>(online);
    }

    private boolean opened(PresenceEvent event) {
        Connection known = newest.get(event.clientId());
        if (known != null && event.eventIndex() <= known.eventIndex()) { // an older connection, or this one again
            return false;
        }
        newest.put(event.clientId(), new Connection(event.channelId(), event.eventIndex()));
        return endedEarly.remove(event.channelId()) ? online.remove(event.clientId()) : online.add(event.clientId());
    }

    private boolean closed(PresenceEvent event) {
        Connection known = newest.get(event.clientId());
        if (known != null && known.channelId().equals(event.channelId())) {
            return online.remove(event.clientId());
        }
        endedEarly.add(event.channelId());
        return false;
    }

    private record Connection(String channelId, long eventIndex) {}
}
