package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.RouteDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.queue.CqUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies one topic as long as it runs, on a thread of its own: a batch of a queue is read, sent, and only then passed. When
 * the target fails it tries again, after one second and then less and less often, down to every 30 seconds. It holds one
 * batch at a time, whatever the backlog.
 */
final class RouteRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteRun.class);
    private static final int MAX_BATCH = 64;
    private static final int MAX_BATCH_BYTES = 1 << 20;
    private static final long IDLE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 30_000;
    static final long STOP_SECONDS = 20;

    private final RouteDefinition definition;
    private final MessageStore store;
    private final BrokerTables tables;
    private final StoredMessages stored;
    private final RoutePosition position;
    private final RouteCopy copy;
    private final RouteRate rate;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable String problem;
    private @Nullable RouteTarget target; // route thread only

    RouteRun(
            RouteDefinition definition,
            MessageStore store,
            BrokerTables tables,
            StoredMessages stored,
            RoutePosition position,
            RouteCopy copy,
            RouteRate rate) {
        this.definition = definition;
        this.store = store;
        this.tables = tables;
        this.stored = stored;
        this.position = position;
        this.copy = copy;
        this.rate = rate;
        this.thread = new Thread(this, "isthmus-route-" + definition.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits for the batch that is being sent. */
    void stop() {
        askToStop();
        awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS));
    }

    void askToStop() {
        stopping.countDown();
    }

    /** @param deadline by {@link System#nanoTime} */
    void awaitEnd(long deadline) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            if (thread.isAlive()) {
                LOG.warn("The route {} did not stop within {} s", definition.name(), STOP_SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What keeps it from copying, or null. Any thread. */
    @Nullable
    String problem() {
        return problem;
    }

    @Override
    public void run() {
        long pause = IDLE_MILLIS;
        while (!stopsWithin(pause)) {
            try {
                pause = copyRound() ? 0 : IDLE_MILLIS;
                if (problem != null) {
                    LOG.info("The route {} copies again", definition.name());
                    problem = null;
                }
            } catch (InterruptedException stop) {
                break;
            } catch (MQClientException | MQBrokerException | RemotingException | RuntimeException failed) {
                pause = Math.min(MAX_PAUSE_MILLIS, Math.max(1_000, 2 * pause));
                fail(failed, pause);
            }
        }
        disconnect();
    }

    private boolean stopsWithin(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            return true;
        }
    }

    /** One batch of each queue, so that a long queue does not hold up the others. True when there was any. */
    private boolean copyRound() throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        boolean any = false;
        for (int queueId = 0; queueId < tables.queues(definition.topic()); queueId++) {
            QueueIndex queue = QueueIndex.of(store, definition.topic(), queueId);
            if (queue != null && stopping.getCount() > 0) {
                any |= copyBatch(queue);
            }
        }
        return any;
    }

    private boolean copyBatch(QueueIndex queue)
            throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        passOverLost(queue);
        long from = position.next(queue);
        List<Message> batch = new ArrayList<>();
        long next = read(queue, from, batch);
        if (!batch.isEmpty()) {
            target().send(queue.queueId(), batch);
            rate.add(batch.size(), System.currentTimeMillis());
        }
        if (next > from) {
            position.passed(queue.queueId(), next);
        }
        return next > from;
    }

    private void passOverLost(QueueIndex queue) {
        long lost = position.lost(queue);
        if (lost > 0) {
            LOG.warn(
                    "The route {} lost {} messages of topic {}, queue {}: they were older than what is kept before they"
                            + " were copied",
                    definition.name(),
                    lost,
                    definition.topic(),
                    queue.queueId());
            position.passed(queue.queueId(), queue.first());
        }
    }

    /** Reads on until the batch is full; returns the place behind the last message looked at. */
    private long read(QueueIndex queue, long from, List<Message> batch) {
        long next = from;
        int bytes = 0;
        for (CqUnit unit = queue.at(next); unit != null && next - from < MAX_BATCH; unit = queue.at(next)) {
            if (!batch.isEmpty() && bytes + unit.getSize() > MAX_BATCH_BYTES) {
                break;
            }
            Message message =
                    stored.at(unit.getPos(), unit.getSize()).map(copy::of).orElse(null);
            if (message != null) {
                batch.add(message);
                bytes += unit.getSize();
            }
            next++;
        }
        return next;
    }

    private RouteTarget target() throws MQClientException {
        if (target == null) {
            target = RouteTarget.connect(definition);
        }
        return target;
    }

    /** A new connection next time: the target may have other queues or addresses by then. */
    private void fail(Exception failed, long pause) {
        disconnect();
        String sentence = "Copying to topic " + definition.targetTopic() + " at " + definition.targetNameServer()
                + " failed: " + firstLine(failed);
        if (problem == null) {
            LOG.warn("The route {} does not copy, and tries again: {}", definition.name(), sentence);
        } else {
            LOG.debug("The route {} tries again in {} ms: {}", definition.name(), pause, sentence);
        }
        problem = sentence;
    }

    private static String firstLine(Exception failed) {
        String message = failed.getMessage();
        return message == null || message.isBlank()
                ? failed.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }

    private void disconnect() {
        if (target != null) {
            target.close();
            target = null;
        }
    }
}
