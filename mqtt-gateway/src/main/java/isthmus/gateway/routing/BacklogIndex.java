package isthmus.gateway.routing;

import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.topics.TopicFilter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers under which the backlog index knows Topic Filters, and how many stored sessions hold each. An inbox is the
 * pseudo filter of the P2P messages that wait for one Client.
 *
 * <p>Feed thread only, but for {@link #inboxes()}. What changes is added to a list that the caller writes to the store.
 */
final class BacklogIndex {
    /** No Topic Filter begins like this: '#' has to be the last character of a filter. */
    private static final String INBOX = "#inbox/";

    private static final class Entry {
        final int id;
        int holders;
        /** Of an inbox: no message in it is newer. */
        long newest = -1;
        /** Of an inbox: whether a message was taken since somebody found one in it. */
        boolean taken = true;

        Entry(int id) {
            this.id = id;
        }
    }

    private final SubscriberTree tree;
    private final Map<String, Entry> entries = new HashMap<>();
    private final NamesInUse inboxes = new NamesInUse();
    private int lastId;

    /** What the index needs of the subscription tree. */
    interface SubscriberTree {
        void index(TopicFilter filter, int filterId);

        void unindex(TopicFilter filter);
    }

    BacklogIndex(SubscriberTree tree) {
        this.tree = tree;
    }

    /**
     * Takes over the numbers that the store knows.
     *
     * @param end the position behind everything that is in the index
     */
    void restore(Map<String, Integer> filters, long end) {
        filters.forEach((filter, id) -> {
            Entry entry = new Entry(id);
            entry.newest = end - 1;
            entries.put(filter, entry);
            if (filter.startsWith(INBOX)) {
                inboxes.add(filter.substring(INBOX.length()));
            }
            lastId = Math.max(lastId, id);
        });
    }

    /** One more stored session holds the filter. */
    void hold(TopicFilter filter, List<StoreChange> changes) {
        Entry entry = entryOf(filter.text(), changes);
        if (entry.holders++ == 0) {
            tree.index(filter, entry.id);
        }
    }

    /** One stored session less holds the filter; with the last one the filter's entries go. */
    void release(TopicFilter filter, List<StoreChange> changes) {
        Entry entry = entries.get(filter.text());
        if (entry != null && --entry.holders == 0) {
            tree.unindex(filter);
            entries.remove(filter.text());
            changes.add(new StoreChange.FilterRemoved(entry.id));
        }
    }

    /** The number of a filter that somebody holds. */
    int idOf(TopicFilter filter) {
        Entry entry = entries.get(filter.text());
        if (entry == null) {
            throw new IllegalStateException("nobody holds the filter");
        }
        return entry.id;
    }

    /** The number of a Client's inbox, which is made if it is missing. */
    int inbox(String clientId, List<StoreChange> changes) {
        return inboxOf(clientId, changes).id;
    }

    /** The number of the inbox in which the message at this position waits for the Client. */
    int inboxWith(long position, String clientId, List<StoreChange> changes) {
        Entry entry = inboxOf(clientId, changes);
        entry.newest = position;
        return entry.id;
    }

    private Entry inboxOf(String clientId, List<StoreChange> changes) {
        inboxes.add(clientId);
        return entryOf(INBOX + clientId, changes);
    }

    /** A message was taken out of the Client's inbox. */
    void taken(String clientId) {
        Entry entry = entries.get(INBOX + clientId);
        if (entry != null) {
            entry.taken = true;
        }
    }

    /** Whether it is worth a look if the Client's inbox has nothing in it from the position on. */
    boolean mayBeEmpty(String clientId, long from) {
        Entry entry = entries.get(INBOX + clientId);
        return entry != null && (entry.taken || entry.newest < from);
    }

    /** Somebody looked, and there was something. */
    void notEmpty(String clientId) {
        Entry entry = entries.get(INBOX + clientId);
        if (entry != null) {
            entry.taken = false;
        }
    }

    /** The number of a Client's inbox, or null if nothing was ever kept for it. */
    @Nullable
    Integer existingInbox(String clientId) {
        Entry entry = entries.get(INBOX + clientId);
        return entry == null ? null : entry.id;
    }

    /** Drops the filters that nobody took up after a restart. Inboxes stay: their messages wait. */
    void dropUnheld(List<StoreChange> changes) {
        for (Iterator<Map.Entry<String, Entry>> each = entries.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Entry> entry = each.next();
            if (entry.getValue().holders == 0 && !entry.getKey().startsWith(INBOX)) {
                changes.add(new StoreChange.FilterRemoved(entry.getValue().id));
                each.remove();
            }
        }
    }

    /** Forgets a Client's inbox, in which nothing is. The next message that is kept for it makes another one. */
    void dropInbox(String clientId, List<StoreChange> changes) {
        inboxes.remove(clientId);
        Entry entry = entries.remove(INBOX + clientId);
        if (entry != null) {
            changes.add(new StoreChange.FilterRemoved(entry.id));
        }
    }

    /** The Clients with an inbox. Any thread. */
    NamesInUse inboxes() {
        return inboxes;
    }

    /** Called with a number. */
    interface Visitor {
        /**
         * @param name what has the number
         * @param inboxOf the Client whose inbox that is; null when it is a Topic Filter
         */
        void visit(int id, String name, @Nullable String inboxOf);
    }

    /** Visits every number in use. */
    void forEach(Visitor visitor) {
        entries.forEach((name, entry) ->
                visitor.visit(entry.id, name, name.startsWith(INBOX) ? name.substring(INBOX.length()) : null));
    }

    /** Whether a name still has a number that {@link #forEach} has shown. */
    boolean isInUse(int id, String name) {
        Entry entry = entries.get(name);
        return entry != null && entry.id == id;
    }

    private Entry entryOf(String text, List<StoreChange> changes) {
        Entry entry = entries.get(text);
        if (entry == null) {
            entry = new Entry(++lastId);
            entries.put(text, entry);
            changes.add(new StoreChange.FilterAdded(entry.id, text));
        }
        return entry;
    }
}
