package isthmus.queue.embedded;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/**
 * RocketMQ's shutdown waits for its threads one after the other, and some of them sleep out three seconds first: 17 to 20
 * seconds in all. This watches the stopping thread and interrupts the thread it waits for, if that is one of RocketMQ's
 * own and of a kind that takes an interrupt as "look again whether to stop": 3 to 4 seconds. Threads that write files are
 * never interrupted: that would close the file under them.
 */
final class QuickStop {
    private static final long PERIOD_NANOS = 10_000_000;

    private final ThreadGroup threads;
    private final Thread stopper = Thread.currentThread();
    private final Thread watching = new Thread(this::watch, "rocketmq-quick-stop");
    private volatile boolean done;

    private QuickStop(ThreadGroup threads) {
        this.threads = threads;
    }

    /** Runs {@code stop} in the calling thread. */
    static void during(ThreadGroup threads, Runnable stop) {
        QuickStop quick = new QuickStop(threads);
        quick.watching.setDaemon(true);
        quick.watching.start();
        try {
            stop.run();
        } finally {
            quick.done = true;
            LockSupport.unpark(quick.watching);
        }
    }

    private void watch() {
        ThreadMXBean threadInfos = ManagementFactory.getThreadMXBean();
        while (!done) {
            ThreadInfo info = threadInfos.getThreadInfo(stopper.getId());
            if (info != null && info.getLockInfo() != null) {
                interruptIfWaitedFor(info.getLockInfo());
            }
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    /** A thread that joins another one waits on the other one's Thread object. */
    private void interruptIfWaitedFor(LockInfo lock) {
        Thread[] running = new Thread[threads.activeCount() + 32];
        int count = threads.enumerate(running);
        for (int i = 0; i < count; i++) {
            if (System.identityHashCode(running[i]) == lock.getIdentityHashCode() && sleepsLong(running[i])) {
                running[i].interrupt();
            }
        }
    }

    private static boolean sleepsLong(Thread thread) {
        String name = thread.getName();
        return thread.getState() == Thread.State.TIMED_WAITING
                && (name.contains("NettyEventExecutor")
                        || name.contains("PopReviveService")
                        || name.contains("PopBufferMergeService"));
    }
}
