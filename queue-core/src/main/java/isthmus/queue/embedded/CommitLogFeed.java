package isthmus.queue.embedded;

import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live feed: one thread, {@code isthmus-feed}, that reads the commit log itself and so does not wait for RocketMQ's
 * dispatch loop, which runs once a millisecond. It follows the log's end, is woken by every append, and parks in between.
 *
 * <p>Tasks whose turn has not come when the feed stops are not run.
 */
final class CommitLogFeed implements LogFeed {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLogFeed.class);
    /** How long the feed parks when nobody wakes it: a net, no wake-up is known to get lost. */
    private static final long PARK_NANOS = 1_000_000_000;
    /** How often a handler hears of progress while only records of other topics pass. */
    private static final long PROGRESS_NANOS = 100_000_000;

    private static final long PROGRESS_BYTES = 1 << 20;
    private static final long RETRY_NANOS = 1_000_000;
    /** A file may be unreadable for a moment while retention removes it. After so many retries it is damage. */
    private static final int RETRIES = 10_000;

    private final CommitLogReader log;
    private final WorkSignal signal;
    private final FeedHandler handler;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile @Nullable TopicMatch watched;
    private volatile long position;
    private volatile boolean stopping;

    // feed thread only
    private final RecordDecoder decoder = new RecordDecoder();
    private final List<LogRecord> batch = new ArrayList<>(CommitLogReader.BATCH);
    private long reported;
    private long reportedNanos;
    private int retries;

    /** A task, and the end of the log when it was handed in. */
    private record Task(long due, Runnable work) {}

    CommitLogFeed(CommitLogReader log, WorkSignal signal, long from, FeedHandler handler) {
        this.log = log;
        this.signal = signal;
        this.handler = handler;
        this.position = Math.min(from, log.end());
        this.reported = position;
        this.thread = new Thread(this::run, "isthmus-feed");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public void watch(Set<String> topics) {
        watched = new TopicSet(topics);
        signal.raise();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(log.end(), task));
        signal.raise();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        stopping = true;
        signal.raise();
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                step();
            }
        } catch (Throwable failure) {
            LOG.error("The live feed has stopped at log position {}: devices get no new messages", position, failure);
            try {
                handler.onFailure(failure);
            } catch (RuntimeException alsoFailed) {
                LOG.error("The feed's handler could not take the failure of the feed", alsoFailed);
            }
        }
    }

    private void step() {
        runDueTasks();
        TopicMatch wanted = watched;
        if (wanted == null) {
            signal.await(this::hasWork, PARK_NANOS);
            return;
        }
        long end = endOfBatch();
        long first = log.first();
        if (position < first) {
            passGap(first);
        } else if (position < end) {
            handOver(end, wanted);
        } else if (reported < position && progressIsDue(position)) {
            report(position);
        } else if (reported < position) {
            signal.await(this::hasWork, PROGRESS_NANOS);
        } else {
            signal.await(this::hasWork, PARK_NANOS);
        }
    }

    /** A batch goes no further than the next task's turn: what was appended after a task was handed in comes after it. */
    private long endOfBatch() {
        Task next = tasks.peek();
        return next == null ? log.end() : next.due();
    }

    private boolean hasWork() {
        return stopping || taskIsDue() || (watched != null && position < log.end());
    }

    private boolean taskIsDue() {
        Task next = tasks.peek();
        return next != null && next.due() <= position;
    }

    private void handOver(long end, TopicMatch wanted) {
        long next = log.readOn(position, end, end, decoder, wanted, batch);
        if (next == position) {
            retryLater();
            return;
        }
        retries = 0;
        if (wanted != watched) {
            // The batch was chosen by the old set, and nothing of it was handed over: choose again.
            batch.clear();
            return;
        }
        if (!batch.isEmpty() || progressIsDue(next)) {
            report(next);
            batch.clear();
        }
        position = next;
    }

    private void retryLater() {
        if (++retries > RETRIES) {
            throw new IllegalStateException("the log cannot be read at position " + position);
        }
        LockSupport.parkNanos(RETRY_NANOS);
    }

    private void passGap(long first) {
        long from = position;
        LOG.warn("Retention removed the log from position {} to {} before the live feed had read it", from, first);
        handler.onGap(from, first);
        reported = first;
        position = first;
    }

    private boolean progressIsDue(long next) {
        return next - reported >= PROGRESS_BYTES || System.nanoTime() - reportedNanos >= PROGRESS_NANOS;
    }

    /** Hands the batch over; an empty one only tells the handler how far the feed is. */
    private void report(long next) {
        handler.onRecords(batch, next);
        reported = next;
        reportedNanos = System.nanoTime();
    }

    private void runDueTasks() {
        for (Task task = tasks.peek(); task != null && task.due() <= position; task = tasks.peek()) {
            tasks.remove();
            if (reported < position) {
                report(position);
            }
            try {
                task.work().run();
            } catch (RuntimeException failed) {
                LOG.error("A task on the feed thread failed; the feed goes on", failed);
            }
        }
    }
}
