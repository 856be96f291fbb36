package isthmus.gateway.routing;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.Downlink;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.Reception;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoredSession;
import isthmus.gateway.spi.StoredSession.StoredSubscription;
import isthmus.gateway.topics.Matches;
import isthmus.gateway.topics.SubscriptionTree;
import isthmus.gateway.topics.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who gets a message. It takes the messages of the log in order, writes down which stored sessions will need them
 * and tells the subscribers that are online.
 *
 * <p>Lives on the feed thread; that is why it has no lock. Sessions reach it through {@link Subscriptions}. Only
 * {@link #indexed()}, {@link #retainedTopics()} and {@link #inboxes()} may be read by any thread.
 */
public final class Router implements Downlink {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** An index write of this many changes takes about a millisecond; live delivery waits for it. */
    private static final int MOST_CHANGES = 256;

    /** Trimming one filter takes about 10 µs. */
    private static final int MOST_TRIMS = 200;

    /** How far the position in the store may be behind when nothing was indexed: it only costs reading again. */
    private static final long POSITION_INTERVAL = Duration.ofMillis(100).toNanos();

    private static final Duration STORE_RETRY = Duration.ofMillis(500);

    private final SessionStore store;
    private final LongSupplier nanoTime;
    private final SubscriptionTree<Subscriber> tree = new SubscriptionTree<>();
    private final Matches<Subscriber> matches = new Matches<>();
    private final Map<String, Subscriber> online = new HashMap<>();
    private final BacklogIndex index = new BacklogIndex(new BacklogIndex.SubscriberTree() {
        @Override
        public void index(TopicFilter filter, int filterId) {
            tree.index(filter, filterId);
        }

        @Override
        public void unindex(TopicFilter filter) {
            tree.unindex(filter);
        }
    });
    private final List<Reception> recovered = new ArrayList<>();
    private final NamesInUse retainedTopics = new NamesInUse();
    private final TopicCounts topicCounts = new TopicCounts();
    private final HandOver handOver = new HandOver();
    private final List<StoreChange> changes = new ArrayList<>();
    /** What client events change: nobody waits for it, so it is written with the position, when that is written. */
    private final List<StoreChange> eventChanges = new ArrayList<>();

    private final long resumeFrom;
    private long positionWritten;
    private long eventIndex;
    private boolean recovering = true;
    private long recoveredMessages;
    private volatile long indexed;
    private volatile boolean closed;

    /**
     * Takes over what the store holds. Blocks for as long as reading the filters takes.
     *
     * @param sessions all stored sessions
     * @param nanoTime {@link System#nanoTime} or a test's clock
     */
    public Router(SessionStore store, Collection<StoredSession> sessions, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        resumeFrom = store.feedPosition();
        indexed = resumeFrom - 1;
        eventIndex = store.eventIndex();
        positionWritten = nanoTime.getAsLong();
        index.restore(store.filters(), resumeFrom);
        store.retainedTopics(retainedTopics::add);
        for (StoredSession session : sessions) {
            for (StoredSubscription subscription : session.subscriptions()) {
                if (subscription.qos() != QoS.AT_MOST_ONCE) {
                    index.hold(TopicFilter.of(subscription.filter()), changes);
                }
            }
        }
        index.dropUnheld(changes);
        write();
    }

    @Override
    public long resumeFrom() {
        return resumeFrom;
    }

    /** Every message up to and including this position has been indexed. Any thread. */
    public long indexed() {
        return indexed;
    }

    /** The topics with a retained message. Any thread. */
    public NamesInUse retainedTopics() {
        return retainedTopics;
    }

    /** The Clients for which P2P messages wait, or would, if they were away. Any thread. */
    public NamesInUse inboxes() {
        return index.inboxes();
    }

    /** What is counted of single topics. Any thread. */
    public TopicCounts topicCounts() {
        return topicCounts;
    }

    /** Lets a feed thread go that waits for a store which refuses writes. Any thread. */
    public void close() {
        closed = true;
    }

    @Override
    public void deliver(List<LoggedMessage> messages, long next) {
        for (int i = 0; i < messages.size(); i++) {
            route(messages.get(i));
            if (changes.size() >= MOST_CHANGES && i + 1 < messages.size()) {
                commit(messages.get(i + 1).position());
            }
        }
        commit(next);
    }

    /** What is still open when a kill comes is what the kill has cut: the row is gone as soon as the log tells the end. */
    @Override
    public void connectionEvent(ConnectionEvent event) {
        String clientId = event.clientId();
        String channelId = event.channelId();
        switch (event.type()) {
            case CONNECT ->
                eventChanges.add(
                        new StoreChange.ConnectionOpened(new OpenConnection(clientId, channelId, event.clientIp())));
            case DISCONNECT -> eventChanges.add(new StoreChange.WillDone(clientId, channelId)); // [MQTT-3.1.2-10]
            case TCP_CLEAN -> eventChanges.add(new StoreChange.ConnectionEnded(clientId, channelId));
        }
        eventIndex = Math.max(eventIndex, event.eventIndex());
    }

    @Override
    public void gap(long from, long to) {
        LOG.warn("log positions {} to {} were removed by retention before they could be delivered", from, to);
        commit(to);
    }

    private void route(LoggedMessage message) {
        if (recovering) {
            recoveredMessages++;
        }
        Reception reception = message.reception();
        if (reception != null) {
            changes.add(new StoreChange.ReceivedAdded(reception.clientId(), reception.packetId(), message.position()));
            if (recovering) {
                recovered.add(reception);
            }
        }
        String target = message.target();
        if (target != null) {
            routeToTarget(message, target);
            return;
        }
        if (message.retain()) {
            retain(message);
        }
        tree.match(message.topic(), matches);
        topicCounts.saw(message.topic(), matches.size());
        if (message.qos() != QoS.AT_MOST_ONCE) {
            for (int i = 0; i < matches.filterIdCount(); i++) {
                changes.add(new StoreChange.Indexed(matches.filterId(i), message.position()));
            }
        }
        for (int i = 0; i < matches.size(); i++) {
            handOver.add(matches.subscriber(i), message, message.qos().min(matches.qos(i)));
        }
    }

    private void retain(LoggedMessage message) {
        if (message.payload().isEmpty()) {
            changes.add(new StoreChange.RetainedCleared(message.topic()));
            retainedTopics.remove(message.topic());
        } else {
            changes.add(new StoreChange.RetainedSet(message));
            retainedTopics.add(message.topic());
        }
    }

    /** P2P: to one Client and nobody else, whether or not it subscribed. */
    private void routeToTarget(LoggedMessage message, String target) {
        Subscriber receiver = online.get(target);
        boolean mayBeMissed = message.keep() || (receiver != null && receiver.stored());
        if (mayBeMissed && message.qos() != QoS.AT_MOST_ONCE) {
            changes.add(
                    new StoreChange.Indexed(index.inboxWith(message.position(), target, changes), message.position()));
        }
        topicCounts.saw(message.topic(), receiver == null ? 0 : 1);
        if (receiver != null) {
            handOver.add(receiver, message, message.qos());
        }
    }

    /** Index first, then tell: what a subscriber was not told because it was absent is in the index. */
    private void commit(long next) {
        long now = nanoTime.getAsLong();
        if (!changes.isEmpty() || eventChanges.size() >= MOST_CHANGES || now - positionWritten >= POSITION_INTERVAL) {
            takeEventChanges();
            changes.add(new StoreChange.FeedMoved(next));
            write();
            positionWritten = now;
        }
        indexed = next - 1;
        handOver.tellAll();
    }

    private void takeEventChanges() {
        if (!eventChanges.isEmpty()) {
            changes.addAll(eventChanges);
            changes.add(new StoreChange.EventIndexMoved(eventIndex));
            eventChanges.clear();
        }
    }

    /** Waits for a store that refuses writes (disk full): going on would lose messages that were acknowledged. */
    private void write() {
        boolean refused = false;
        while (!changes.isEmpty()) {
            try {
                store.writeNow(changes);
                changes.clear();
            } catch (RuntimeException failure) {
                if (closed) {
                    throw failure;
                }
                if (!refused) {
                    LOG.error("delivery waits: the session store refuses to write ({})", failure.getMessage());
                }
                refused = true;
                pause();
            }
        }
        if (refused) {
            LOG.info("delivery goes on: the session store can be written again");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STORE_RETRY.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the session store refused to write", interrupted);
        }
    }

    // What Subscriptions asks for, on the feed thread.

    /** Once, when the feed has reached what the log had at the start: what it met on the way. */
    Subscriptions.Recovered recovered() {
        recovering = false;
        takeEventChanges();
        write();
        List<Reception> found = List.copyOf(recovered);
        recovered.clear();
        return new Subscriptions.Recovered(found, recoveredMessages);
    }

    /** @return the number of the Client's inbox, 0 if nothing waits there */
    int attach(Subscriber subscriber, Collection<Subscription> subscriptions) {
        online.put(subscriber.clientId(), subscriber);
        for (Subscription each : subscriptions) {
            tree.subscribe(each.filter(), subscriber, each.qos());
        }
        Integer inbox = subscriber.stored()
                ? Integer.valueOf(index.inbox(subscriber.clientId(), changes))
                : index.existingInbox(subscriber.clientId());
        write();
        return inbox == null ? 0 : inbox;
    }

    void detach(Subscriber subscriber, Collection<Subscription> subscriptions) {
        online.remove(subscriber.clientId(), subscriber);
        for (Subscription each : subscriptions) {
            tree.unsubscribe(each.filter(), subscriber);
        }
    }

    /** @return the numbers of the filters in the backlog index, 0 where there is none */
    List<Integer> subscribe(Subscriber subscriber, List<Subscription> wanted, Map<String, Subscription> before) {
        for (Subscription each : wanted) {
            tree.subscribe(each.filter(), subscriber, each.qos());
            if (subscriber.stored()) {
                Subscription old = before.get(each.filter().text());
                if (each.needsIndex()) {
                    index.hold(each.filter(), changes);
                }
                if (old != null && old.needsIndex()) {
                    index.release(old.filter(), changes);
                }
                changes.add(new StoreChange.Subscribed(
                        subscriber.clientId(), each.filter().text(), each.qos(), each.since()));
            }
        }
        write();
        return filterIds(subscriber, wanted);
    }

    List<Integer> filterIds(Subscriber subscriber, List<Subscription> held) {
        return subscriber.stored()
                ? filterIds(held)
                : held.stream().map(each -> 0).toList();
    }

    void unsubscribe(Subscriber subscriber, Collection<Subscription> unwanted) {
        for (Subscription each : unwanted) {
            tree.unsubscribe(each.filter(), subscriber);
            if (subscriber.stored()) {
                changes.add(new StoreChange.Unsubscribed(
                        subscriber.clientId(), each.filter().text()));
            }
        }
        if (subscriber.stored()) {
            release(unwanted);
        }
        write();
    }

    /** A stored session is gone: nobody waits for what its filters would have brought. */
    void forget(Collection<Subscription> subscriptions) {
        release(subscriptions);
        write();
    }

    private void release(Collection<Subscription> subscriptions) {
        for (Subscription each : subscriptions) {
            if (each.needsIndex()) {
                index.release(each.filter(), changes);
            }
        }
    }

    void inboxDone(String clientId, long position) {
        Integer inbox = index.existingInbox(clientId);
        if (inbox != null) {
            changes.add(new StoreChange.IndexEntryRemoved(inbox, position));
            index.taken(clientId);
            write();
        }
    }

    /**
     * A number in the backlog index, and the position before which its entries are not needed.
     *
     * @param name what has the number
     * @param inboxOf the Client whose inbox it is, if no stored session reads it; otherwise null
     */
    record Trim(int id, String name, @Nullable String inboxOf, long before) {}

    /** All that can be trimmed now; see {@link Subscriptions#trim}. */
    Iterator<Trim> trims(Map<Integer, Long> before, long firstPosition) {
        List<Trim> trims = new ArrayList<>();
        index.forEach((id, name, inboxOf) -> trims.add(new Trim(
                id,
                name,
                before.containsKey(id) ? null : inboxOf,
                Math.max(before.getOrDefault(id, 0L), firstPosition))));
        return trims.iterator();
    }

    /** Removes the entries of the next few filters and inboxes; delivery waits for it. */
    void trimSome(Iterator<Trim> trims) {
        for (int i = 0; i < MOST_TRIMS && trims.hasNext(); i++) {
            Trim trim = trims.next();
            if (index.isInUse(trim.id(), trim.name())) {
                trim(trim);
            }
        }
        write();
    }

    private void trim(Trim trim) {
        String client = trim.inboxOf();
        if (client != null && isIdle(client, trim)) {
            index.dropInbox(client, changes);
        } else if (trim.before() > 0) {
            changes.add(new StoreChange.IndexTrimmed(trim.id(), trim.before()));
        }
    }

    /**
     * Whether the Client is away and nothing waits for it: names to which a message was sent once must not pile up. Looks
     * into the store only when something has happened since the last look.
     */
    private boolean isIdle(String client, Trim inbox) {
        if (online.containsKey(client) || !index.mayBeEmpty(client, inbox.before())) {
            return false;
        }
        try (SessionStore.IndexEntries entries = store.index(inbox.id(), inbox.before() - 1)) {
            boolean empty = entries.next() < 0;
            if (!empty) {
                index.notEmpty(client);
            }
            return empty;
        }
    }

    /** The numbers of a stored session's filters, 0 where there is none. Feed thread, or before the feed starts. */
    public List<Integer> filterIds(List<Subscription> held) {
        return held.stream()
                .map(each -> each.needsIndex() ? index.idOf(each.filter()) : 0)
                .toList();
    }

    CompletionStage<Void> write(StoreChange change) {
        return store.write(List.of(change));
    }

    SessionStore.RetainedView retained() {
        return store.retained();
    }
}
