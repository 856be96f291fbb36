package isthmus.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose tasks are due when the test says so. */
final class HandCrankedTimer extends ScheduledThreadPoolExecutor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Long> pausesMillis = new ArrayList<>();

    HandCrankedTimer() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long pause, TimeUnit unit) {
        if (isShutdown()) {
            getRejectedExecutionHandler().rejectedExecution(task, this);
        }
        pausesMillis.add(unit.toMillis(pause));
        tasks.add(task);
        return null;
    }

    boolean hasTask() {
        return !tasks.isEmpty();
    }

    void runNext() {
        tasks.remove().run();
    }

    List<Long> pausesMillis() {
        return pausesMillis;
    }
}
