package isthmus.gateway.store;

import isthmus.gateway.spi.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what any thread hands over, in order and soon, in a thread of its own ({@code isthmus-store}): while one batch is
 * being written the next one gathers, so that many small changes cost little more than one. What nobody waits for gathers
 * for some milliseconds, unless somebody waits for what comes behind it. Handing over never blocks.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** A batch is not to keep those that wait for it for long. */
    private static final int MOST_REQUESTS = 1024;

    /** Long enough for most messages to be acknowledged that are sent meanwhile: then nothing is left to write. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** @param done null when nobody waits */
    private record Request(List<StoreChange> changes, @Nullable CompletableFuture<Void> done) {
        void complete() {
            if (done != null) {
                done.complete(null);
            }
        }

        void fail(StoreFailure failure) {
            if (done != null) {
                done.completeExceptionally(failure);
            }
        }
    }

    private enum Rest {
        /** The thread is at work, and looks for requests before it rests. */
        NONE,
        /** It waits for a request that somebody waits for. */
        LINGERING,
        /** It waits for any request. */
        PARKED
    }

    private final Consumer<List<StoreChange>> writer;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "isthmus-store");
    private long failed; // requests since the last success; store thread only
    private volatile Rest rest = Rest.NONE;
    /** Somebody waits for a request that was handed over. Set by those who do, cleared by the store thread. */
    private volatile boolean urgent;

    private volatile boolean stopping;

    /** @param writer writes changes together and returns when they are stored; called in the store's thread */
    GroupCommit(Consumer<List<StoreChange>> writer) {
        this.writer = writer;
    }

    void start() {
        thread.start();
    }

    CompletionStage<Void> write(List<StoreChange> changes) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Request request = new Request(List.copyOf(changes), done);
        waiting.add(request);
        urgent = true;
        if (rest != Rest.NONE) {
            LockSupport.unpark(thread);
        }
        if (stopping && waiting.remove(request)) { // otherwise the thread has seen it, or will
            request.fail(new StoreFailure("The session store is closed"));
        }
        return done;
    }

    void writeSoon(List<StoreChange> changes) {
        waiting.add(new Request(List.copyOf(changes), null));
        if (rest == Rest.PARKED) {
            LockSupport.unpark(thread);
        }
    }

    /** Writes what is waiting, then ends the thread. Blocks until it has ended. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was handed over has to be written first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Request> group = new ArrayList<>();
        while (true) {
            boolean last = stopping; // read before looking for requests: nobody adds one afterwards without removing it
            take(group);
            if (!group.isEmpty()) {
                linger(group);
                commit(group);
                group.clear();
            } else if (last) {
                return;
            } else {
                park();
            }
        }
    }

    private void take(List<Request> group) {
        urgent = false; // before looking: whoever adds one afterwards sets it again
        while (group.size() < MOST_REQUESTS) {
            Request next = waiting.poll();
            if (next == null) {
                return;
            }
            group.add(next);
        }
    }

    /** Lets more come, as long as nobody waits. */
    private void linger(List<Request> group) {
        long until = System.nanoTime() + LINGER_NANOS;
        while (!stopping && group.size() < MOST_REQUESTS && group.stream().allMatch(each -> each.done == null)) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            rest = Rest.LINGERING;
            if (!urgent && !stopping) {
                LockSupport.parkNanos(this, left);
            }
            rest = Rest.NONE;
            take(group);
        }
    }

    private void park() {
        rest = Rest.PARKED;
        if (waiting.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        rest = Rest.NONE;
    }

    private void commit(List<Request> group) {
        try {
            writer.accept(
                    group.stream().flatMap(request -> request.changes.stream()).toList());
        } catch (IllegalArgumentException e) {
            refuse(group, e);
            return;
        } catch (StoreFailure e) {
            fail(group, e);
            return;
        } catch (RuntimeException | Error e) {
            LOG.error("The session store has failed, with it {} requests", group.size(), e);
            fail(group, new StoreFailure("The session store has failed: " + e, e));
            return;
        }
        if (failed > 0) {
            LOG.info("The session store can be written again; {} requests have failed", failed);
            failed = 0;
        }
        group.forEach(Request::complete);
    }

    /** A full disk fails thousands of requests: one line tells it, and one that it is over. */
    private void fail(List<Request> group, StoreFailure failure) {
        if (failed == 0) {
            LOG.error("Requests to the session store fail: {}", failure.getMessage());
        }
        failed += group.size();
        group.forEach(request -> request.fail(failure));
    }

    /** One request has something in it that cannot be stored: the others are not to suffer for it. */
    private void refuse(List<Request> group, IllegalArgumentException failure) {
        if (group.size() > 1) {
            group.forEach(request -> commit(List.of(request)));
            return;
        }
        LOG.error("A request to the session store is refused: {}", failure.getMessage());
        group.get(0).fail(new StoreFailure("This cannot be stored: " + failure.getMessage(), failure));
    }
}
