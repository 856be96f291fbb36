package isthmus.gateway.session;

import isthmus.gateway.routing.Subscription;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.store.BacklogReader;
import isthmus.gateway.topics.TopicFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The subscriptions of one session. Part of the Session state; owner thread only, but for {@link #sources()} and
 * {@link #list()}, which any thread may ask for as they are now.
 */
final class HeldSubscriptions {
    private final Map<String, Subscription> byFilter = new LinkedHashMap<>();
    private final Map<String, Integer> filterIds = new LinkedHashMap<>();
    private volatile List<Subscription> list = List.of();
    private volatile List<BacklogReader.Source> sources = List.of();
    private int inboxId;

    int size() {
        return byFilter.size();
    }

    boolean holds(String filter) {
        return byFilter.containsKey(filter);
    }

    /** A snapshot by filter. */
    Map<String, Subscription> byFilter() {
        return Map.copyOf(byFilter);
    }

    /** A snapshot. Any thread. */
    List<Subscription> list() {
        return list;
    }

    /** Takes over stored subscriptions; {@link #indexed} says where in the backlog index they are. */
    void restore(List<Subscription> stored) {
        stored.forEach(each -> byFilter.put(each.filter().text(), each));
        rebuild();
    }

    /**
     * Notes what the Client asks for: it is held from now on, and {@linkplain #confirm in effect} a little later. The
     * snapshots know it after {@link #requested}.
     */
    Subscription request(TopicFilter filter, QoS qos) {
        Subscription held = byFilter.get(filter.text());
        Subscription requested = held == null ? Subscription.requested(filter, qos) : held.replacedBy(qos);
        byFilter.put(filter.text(), requested);
        return requested;
    }

    /** All requests of one SUBSCRIBE are noted. */
    void requested() {
        rebuild();
    }

    /** The subscriptions among these filters that were held; they are no longer. */
    List<Subscription> remove(List<String> filters) {
        List<Subscription> removed = new ArrayList<>();
        for (String filter : filters) {
            Subscription subscription = byFilter.remove(filter);
            if (subscription != null) {
                removed.add(subscription);
            }
            filterIds.remove(filter);
        }
        rebuild();
        return removed;
    }

    /**
     * Requests are in effect: they get their date and their place in the index. What the Client asked for since, over
     * another connection, is not touched.
     */
    @SuppressWarnings("ReferenceEquality") // the very request, not one like it
    void confirm(List<Subscription> requested, Subscriptions.Subscribed subscribed) {
        for (int i = 0; i < requested.size(); i++) {
            String filter = requested.get(i).filter().text();
            if (byFilter.get(filter) == requested.get(i)) {
                byFilter.put(filter, subscribed.subscriptions().get(i));
                setFilterId(filter, subscribed.filterIds().get(i));
            }
        }
        rebuild();
    }

    /** Where in the backlog index the subscriptions are found, in their order; 0 is nowhere. */
    void indexed(List<Subscription> subscriptions, List<Integer> ids) {
        for (int i = 0; i < subscriptions.size(); i++) {
            setFilterId(subscriptions.get(i).filter().text(), ids.get(i));
        }
        rebuild();
    }

    private void setFilterId(String filter, int id) {
        if (id == 0) {
            filterIds.remove(filter);
        } else if (byFilter.containsKey(filter)) {
            filterIds.put(filter, id);
        }
    }

    void inbox(int id) {
        inboxId = id;
        rebuild();
    }

    void clear() {
        byFilter.clear();
        filterIds.clear();
        inboxId = 0;
        rebuild();
    }

    /** What the session's backlog is read from. Any thread. */
    List<BacklogReader.Source> sources() {
        return sources;
    }

    private void rebuild() {
        list = List.copyOf(byFilter.values());
        List<BacklogReader.Source> rebuilt = new ArrayList<>(filterIds.size() + 1);
        filterIds.forEach((filter, id) -> {
            Subscription subscription = byFilter.get(filter);
            if (subscription != null && subscription.isDated()) {
                rebuilt.add(new BacklogReader.Source(id, subscription.qos(), subscription.since()));
            }
        });
        if (inboxId != 0) {
            rebuilt.add(new BacklogReader.Source(inboxId, QoS.EXACTLY_ONCE, -1));
        }
        sources = List.copyOf(rebuilt);
    }
}
