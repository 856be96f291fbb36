package isthmus.gateway.harness;

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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A log in memory with a feed thread of its own. Record n stands at position n * 10. */
public final class FakeLog implements Uplink, MessageLog, AutoCloseable {
    private static final int STEP = 10;

    private final List<LoggedMessage> records = new CopyOnWriteArrayList<>();
    private final ExecutorService feed = Executors.newSingleThreadExecutor(task -> new Thread(task, "fake-feed"));
    private final Deque<Runnable> held = new ArrayDeque<>(); // guarded by this
    private boolean holding; // guarded by this
    private volatile UnaryOperator<CompletionStage<Void>> outcome = UnaryOperator.identity();
    private Downlink downlink; // feed thread only
    private int fed; // feed thread only
    private volatile long first;

    /** Feeds from where the downlink has got to. What an earlier feed held back is gone with it. */
    public synchronized void start(Downlink to) {
        holding = false;
        held.clear();
        onFeed(() -> {
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
        while (downlink != null && fed < records.size()) {
            LoggedMessage record = records.get(fed++);
            downlink.deliver(List.of(record), record.position() + STEP);
        }
    }

    /** From now on the feed thread does nothing by itself. */
    public synchronized void holdFeed() {
        holding = true;
    }

    /** How many tasks wait for the feed thread. */
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

    public List<LoggedMessage> records() {
        return records;
    }

    @Override
    public CompletionStage<Void> publish(PublishedMessage m) {
        append(m);
        return outcome.apply(CompletableFuture.completedFuture(null));
    }

    private synchronized void append(PublishedMessage m) {
        long position = records.size() * (long) STEP;
        LoggedMessage record = new LoggedMessage(
                position,
                m.topic(),
                m.topic(),
                m.payload(),
                m.qos(),
                m.retain(),
                TopicNames.p2pTarget(m.topic()),
                !m.cleanSession(),
                m.packetId() == 0 ? null : new Reception(m.clientId(), m.packetId()));
        records.add(record);
        onFeed(this::feedOn);
    }

    @Override
    public Optional<LoggedMessage> read(long position) {
        return position < first ? Optional.empty() : Optional.of(records.get((int) (position / STEP)));
    }

    @Override
    public long scan(long from, long to, Predicate<LoggedMessage> visitor) {
        for (int i = (int) ((Math.max(first, from) + STEP - 1) / STEP); i * (long) STEP < to; i++) {
            if (!visitor.test(records.get(i))) {
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
        feed.shutdown();
    }
}
