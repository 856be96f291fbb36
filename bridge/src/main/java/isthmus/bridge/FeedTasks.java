package isthmus.bridge;

import isthmus.queue.api.LogFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for the feed thread. What is handed over while the feed is being opened waits for it, in order: the feed thread
 * may deliver, and the gateway react, before whoever opened the feed holds it in his hands. Any thread.
 */
final class FeedTasks implements Executor {
    private final List<Runnable> early = new ArrayList<>(); // guarded by this
    private volatile @Nullable LogFeed feed; // written under this lock, after the early tasks

    @Override
    public void execute(Runnable task) {
        LogFeed open = feed;
        if (open == null) {
            executeEarly(task);
        } else {
            open.execute(task);
        }
    }

    private synchronized void executeEarly(Runnable task) {
        LogFeed open = feed;
        if (open == null) {
            early.add(task);
        } else {
            open.execute(task);
        }
    }

    synchronized void openedBy(LogFeed opened) {
        early.forEach(opened::execute);
        early.clear();
        feed = opened;
    }
}
