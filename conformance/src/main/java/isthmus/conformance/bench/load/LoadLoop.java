package isthmus.conformance.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The load's event loop, run by the thread that calls it. A turn reads what has come on all sockets, lets everybody send
 * who may, and writes once per connection.
 */
final class LoadLoop implements AutoCloseable {
    private static final int READ_BLOCK_BYTES = 256 * 1024;
    /** Woken so much before a message is due, the loop spins the rest: the system wakes nobody on the microsecond. */
    private static final long SPIN_NANOS = 150_000;
    /** When there is much to send, the loop looks at its sockets only so often: larger batches make it cheap. */
    private static final long PAUSE_NANOS = 100_000;

    private final Selector selector;
    private final Alarm alarm;
    private final Schedule schedule;
    private final ByteBuffer block = ByteBuffer.allocateDirect(READ_BLOCK_BYTES);
    private final ArrayDeque<Connection> marked = new ArrayDeque<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    LoadLoop(Schedule schedule) {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new LoadFailure("no selector: " + e.getMessage(), e);
        }
        this.alarm = new Alarm(selector);
        this.schedule = schedule;
    }

    Selector selector() {
        return selector;
    }

    /** Lets the loop's thread do something. Any thread. */
    void tell(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** The connection asks for a turn. */
    void add(Connection connection) {
        marked.add(connection);
    }

    /**
     * Runs until it is done or the time has come.
     *
     * @param deadline in terms of {@link System#nanoTime}
     * @return whether it is done
     */
    boolean run(long deadline, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - deadline >= 0) {
                return false;
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            long next = schedule.release(now);
            serveMarked(now);
            await(next == Schedule.NEVER ? deadline : Math.min(deadline, next));
        }
        return true;
    }

    private void serveMarked(long now) {
        for (int left = marked.size(); left > 0; left--) {
            marked.remove().onTurn(now);
        }
    }

    private void await(long until) {
        try {
            if (marked.isEmpty()) {
                pause();
            }
            if (!marked.isEmpty() || until - System.nanoTime() <= SPIN_NANOS) {
                selector.selectNow(this::onReady);
            } else {
                alarm.set(until - SPIN_NANOS);
                selector.select(this::onReady);
            }
        } catch (IOException e) {
            throw new LoadFailure("the selector failed: " + e.getMessage(), e);
        }
    }

    private void pause() {
        if (schedule.isDense()) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private void onReady(SelectionKey key) {
        ((Connection) key.attachment()).onReady(block);
    }

    @Override
    public void close() {
        alarm.close();
        for (SelectionKey key : selector.keys()) {
            ((Connection) key.attachment()).close();
        }
        try {
            selector.close();
        } catch (IOException e) {
            throw new LoadFailure("the selector could not be closed: " + e.getMessage(), e);
        }
    }
}
