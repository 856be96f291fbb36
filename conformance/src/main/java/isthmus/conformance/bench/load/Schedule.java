package isthmus.conformance.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * When messages are due. At a steady rate, message <i>k</i> of all belongs to publisher <i>k</i> modulo their number, and
 * its time follows from the start alone: a server that stalls cannot put off what it would have been asked in the
 * meantime. At full speed, a message is due as soon as the publisher's windows let it go. The load's thread only.
 */
final class Schedule {
    /** No time at all. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long DENSE_NANOS = 200_000;

    private final long intervalNanos;
    private final List<Publisher> publishers = new ArrayList<>();
    private boolean running;
    private long start;
    private long released;

    /** @param messagesPerSecond of all publishers together; 0 for full speed */
    Schedule(int messagesPerSecond) {
        this.intervalNanos = messagesPerSecond == 0 ? 0 : 1_000_000_000L / messagesPerSecond;
    }

    void add(Publisher publisher) {
        publishers.add(publisher);
    }

    void start(long now) {
        start = now;
        running = true;
        if (isFullSpeed()) {
            publishers.forEach(Publisher::wake);
        }
    }

    void stop() {
        running = false;
    }

    boolean isRunning() {
        return running;
    }

    boolean isFullSpeed() {
        return intervalNanos == 0;
    }

    /** Whether there is so much to send that gathering it is worth a moment. */
    boolean isDense() {
        return running && intervalNanos < DENSE_NANOS;
    }

    /** The time at which a publisher's message is due. */
    long dueAt(int publisher, long sequence, long now) {
        return isFullSpeed() ? now : start + (sequence * publishers.size() + publisher) * intervalNanos;
    }

    /** Wakes the publishers whose messages have become due, and says when the next one will. */
    long release(long now) {
        if (!running || isFullSpeed()) {
            return NEVER;
        }
        while (start + released * intervalNanos <= now) {
            publishers.get((int) (released % publishers.size())).wake();
            released++;
        }
        return start + released * intervalNanos;
    }
}
