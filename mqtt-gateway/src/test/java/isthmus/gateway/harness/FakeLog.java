package isthmus.gateway.harness;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.ConnectionEvents;
import isthmus.gateway.spi.Downlink;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.MessageLog;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.Reception;
import isthmus.gateway.spi.Uplink;
import isthmus.gateway.topics.TopicNames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A log in memory, of messages and client events, with a feed thread of its own. Record n stands at position n * 10. */
public final class FakeLog implements Uplink, MessageLog, ConnectionEvents, AutoCloseable {
    private static final int STEP = 10;

    /** {@link LoggedMessage}s and {@link ConnectionEvent}s. */
    private final List<Object> entries = new CopyOnWriteArrayList<>();

    private final ExecutorService feed = Executors.newSingleThreadExecutor(task -> new Thread(task, "fake-feed"));
    private final Deque<Runnable> held = new ArrayDeque<>(); // guarded by this
    private boolean holding; // guarded by this
    private volatile UnaryOperator<CompletionStage<Void>> outcome = UnaryOperator.identity();
    private final AtomicInteger refusals = new AtomicInteger();
    private Downlink downlink; // feed thread only
    private int fed; // feed thread only
    private volatile long first;
    private volatile boolean unstalled;
    private volatile int fullAt = Integer.MAX_VALUE;
    private volatile int feedsUntil = Integer.MAX_VALUE;

    /** Feeds from where the downlink has got to. What an earlier feed held back is gone with it. */
    public synchronized void start(Downlink to) {
        holding = false;
        held.clear();
        onFeed(() -> {
            if (unstalled) {
                unstalled = false;
                feedsUntil = Integer.MAX_VALUE;
            }
            downlink = to;
            fed = (int) (Math.max(0, to.resumeFrom()) / STEP);
            to.deliver(List.of(), fed * (long) STEP);
            feedOn();
        });
    }

    /** Feeds no more, and waits for the feed thread. */
    public void stop() {
        CompletableFuture.runAsync(() -> downlink = null, feed).join();
    }

    private void feedOn() {
        while (downlink != null && fed < Math.min(entries.size(), feedsUntil)) {
            Object entry = entries.get(fed++);
            if (entry instanceof ConnectionEvent event) {
                downlink.connectionEvent(event);
            }
            downlink.deliver(entry instanceof LoggedMessage record ? List.of(record) : List.of(), fed * (long) STEP);
        }
    }

    /** The feed stands still before what is appended from now on, but does its tasks. */
    public void stallFeed() {
        feedsUntil = entries.size();
    }

    public void unstallFeedAtTheNextStart() {
        unstalled = true;
    }

    /** From now on the feed thread does nothing by itself. */
    public synchronized void holdFeed() {
        holding = true;
    }

    /** How many tasks and messages wait for the feed thread; client events do not count. */
    public synchronized int heldTasks() {
        return held.size();
    }

    /** Lets the feed thread do one thing of those that wait. */
    public synchronized void stepFeed() {
        feed.execute(held.remove());
    }

    public synchronized void releaseFeed() {
        holding = false;
        held.forEach(feed::execute);
        held.clear();
        feed.execute(this::feedOn);
    }

    private synchronized void onFeed(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            feed.execute(task);
        }
    }

    /** What becomes of appends from now on. The record is in the log in any case. */
    public void outcome(UnaryOperator<CompletionStage<Void>> change) {
        outcome = change;
    }

    /** So many more messages and events are taken; what comes then is lost, as when the server dies. */
    public void takeOnly(int more) {
        fullAt = entries.size() + more;
    }

    public void takeEverything() {
        fullAt = Integer.MAX_VALUE;
    }

    /** The messages. */
    public List<LoggedMessage> records() {
        return entriesOf(LoggedMessage.class);
    }

    /** The client events of all gateways that had this log. */
    public List<ConnectionEvent> events() {
        return entriesOf(ConnectionEvent.class);
    }

    /** Messages and client events in their order. */
    public List<Object> entries() {
        return List.copyOf(entries);
    }

    private <T> List<T> entriesOf(Class<T> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public synchronized void publish(ConnectionEvent event) {
        if (entries.size() >= fullAt) {
            return;
        }
        entries.add(event);
        if (!holding) {
            onFeed(this::feedOn);
        }
    }

    @Override
    public CompletionStage<Void> settled() {
        return CompletableFuture.completedFuture(null);
    }

    /** The log refuses so many appends, which leave nothing in it. */
    public void refuse(int appends) {
        refusals.set(appends);
    }

    @Override
    public CompletionStage<Void> publish(PublishedMessage m) {
        if (entries.size() >= fullAt) {
            return CompletableFuture.failedFuture(new IllegalStateException("the log takes nothing"));
        }
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("the log refuses"));
        }
        append(m);
        return outcome.apply(CompletableFuture.completedFuture(null));
    }

    private synchronized void append(PublishedMessage m) {
        long position = entries.size() * (long) STEP;
        LoggedMessage record = new LoggedMessage(
                position,
                m.topic(),
                m.topic(),
                m.payload(),
                m.qos(),
                m.retain(),
                TopicNames.p2pTarget(m.topic()),
                !m.cleanSession(),
                m.packetId() == 0 ? null : new Reception(m.clientId(), m.packetId()),
                null);
        entries.add(record);
        onFeed(this::feedOn);
    }

    @Override
    public Optional<LoggedMessage> read(long position) {
        return position < first
                ? Optional.empty()
                : Optional.of(entries.get((int) (position / STEP)))
                        .filter(LoggedMessage.class::isInstance)
                        .map(LoggedMessage.class::cast);
    }

    @Override
    public long scan(long from, long to, Predicate<LoggedMessage> visitor) {
        for (int i = (int) ((Math.max(first, from) + STEP - 1) / STEP); i * (long) STEP < to; i++) {
            if (entries.get(i) instanceof LoggedMessage record && !visitor.test(record)) {
                return (i + 1) * (long) STEP;
            }
        }
        return to;
    }

    /** What retention does. */
    public void forgetBefore(long position) {
        first = position;
    }

    @Override
    public long firstPosition() {
        return first;
    }

    @Override
    public Executor feed() {
        return this::onFeed;
    }

    @Override
    public void close() {
        releaseFeed();
        stop();
        feed.shutdown();
    }
}
