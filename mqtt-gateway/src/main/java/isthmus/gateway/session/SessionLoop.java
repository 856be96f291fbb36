package isthmus.gateway.session;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one event loop that have commands waiting. However many sessions a feed batch tells something, the
 * loop gets one task for them all.
 */
final class SessionLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);

    /** So many sessions are drained, in about half a millisecond, before the loop looks after its sockets again. */
    private static final int MOST_SESSIONS = 256;

    private final EventLoop eventLoop;
    private final Queue<Mailbox> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    SessionLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Has the mailbox drained on this loop, soon. Any thread. */
    void schedule(Mailbox mailbox) {
        ready.add(mailbox);
        scheduleRun();
    }

    boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    private void scheduleRun() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                eventLoop.execute(this::run);
            } catch (RejectedExecutionException stopped) {
                LOG.debug("the event loop has stopped: sessions are no longer served");
            }
        }
    }

    private void run() {
        scheduled.set(false);
        for (int i = 0; i < MOST_SESSIONS; i++) {
            Mailbox mailbox = ready.poll();
            if (mailbox == null) {
                return;
            }
            mailbox.drain();
        }
        scheduleRun();
    }
}
