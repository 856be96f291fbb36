package isthmus.gateway.store;

import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.SessionStore.IndexEntries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What a session still has to receive: the index entries of all its filters merged, in the order of the log. Blocks on the
 * disk: reader threads only.
 */
public final class BacklogReader {
    /** A filter of the session: entries up to and including {@code since} are not the session's. */
    public record Source(int filterId, QoS qos, long since) {}

    /** A message to deliver, with the highest QoS of the filters that it matches. */
    public record Entry(long position, QoS qos) {}

    /**
     * Entries in the order of their positions, each position once.
     *
     * @param exhausted whether there were no more when this was read
     */
    public record Slice(List<Entry> entries, boolean exhausted) {
        public Slice {
            entries = List.copyOf(entries);
        }
    }

    private final SessionStore store;

    public BacklogReader(SessionStore store) {
        this.store = store;
    }

    /**
     * Reads on.
     *
     * @param after the position that was read last, or the cursor; -1 to begin with the first
     * @param max at most this many entries, 1 or more
     */
    public Slice read(List<Source> sources, long after, int max) {
        List<Head> opened = new ArrayList<>(sources.size());
        try {
            for (Source source : sources) {
                opened.add(new Head(source.qos(), store.index(source.filterId(), Math.max(after, source.since()))));
            }
            return merge(opened, max);
        } finally {
            opened.forEach(Head::close);
        }
    }

    private static Slice merge(List<Head> opened, int max) {
        Queue<Head> heads = new PriorityQueue<>(Comparator.comparingLong(Head::position));
        for (Head head : opened) {
            advance(head, heads);
        }
        List<Entry> entries = new ArrayList<>();
        Head first = heads.poll();
        while (first != null && entries.size() < max) {
            long position = first.position;
            QoS qos = QoS.AT_MOST_ONCE;
            while (first != null && first.position == position) {
                qos = qos.max(first.qos);
                advance(first, heads);
                first = heads.poll();
            }
            entries.add(new Entry(position, qos));
        }
        return new Slice(entries, first == null);
    }

    private static void advance(Head head, Queue<Head> heads) {
        head.position = head.entries.next();
        if (head.position >= 0) {
            heads.add(head);
        }
    }

    /** The next entry of one source. */
    private static final class Head {
        private final QoS qos;
        private final IndexEntries entries;
        private long position;

        Head(QoS qos, IndexEntries entries) {
            this.qos = qos;
            this.entries = entries;
        }

        long position() {
            return position;
        }

        void close() {
            entries.close();
        }
    }
}
