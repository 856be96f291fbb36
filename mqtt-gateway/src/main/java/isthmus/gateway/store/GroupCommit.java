package isthmus.gateway.store;

import isthmus.gateway.spi.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what any thread hands over, in order and soon, in a thread of its own ({@code isthmus-store}): while one batch is
 * being written the next one gathers, so that many small changes cost little more than one. Handing over never blocks.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** A batch is not to keep those that wait for it for long. */
    private static final int MOST_REQUESTS = 1024;

    private record Request(List<StoreChange> changes, CompletableFuture<Void> done) {}

    private final Consumer<List<StoreChange>> writer;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "isthmus-store");
    private long failed; // requests since the last success; store thread only
    private volatile boolean parked;
    private volatile boolean stopping;

    /** @param writer writes changes together and returns when they are stored; called in the store's thread */
    GroupCommit(Consumer<List<StoreChange>> writer) {
        this.writer = writer;
    }

    void start() {
        thread.start();
    }

    CompletionStage<Void> write(List<StoreChange> changes) {
        Request request = new Request(List.copyOf(changes), new CompletableFuture<>());
        waiting.add(request);
        if (parked) {
            LockSupport.unpark(thread);
        }
        if (stopping && waiting.remove(request)) { // otherwise the thread has seen it, or will
            request.done.completeExceptionally(new StoreFailure("The session store is closed"));
        }
        return request.done;
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
            for (Request next = waiting.poll(); next != null; next = next(group)) {
                group.add(next);
            }
            if (!group.isEmpty()) {
                commit(group);
                group.clear();
            } else if (last) {
                return;
            } else {
                park();
            }
        }
    }

    private @Nullable Request next(List<Request> group) {
        return group.size() < MOST_REQUESTS ? waiting.poll() : null;
    }

    private void park() {
        parked = true;
        if (waiting.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        parked = false;
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
        group.forEach(request -> request.done.complete(null));
    }

    /** A full disk fails thousands of requests: one line tells it, and one that it is over. */
    private void fail(List<Request> group, StoreFailure failure) {
        if (failed == 0) {
            LOG.error("Requests to the session store fail: {}", failure.getMessage());
        }
        failed += group.size();
        group.forEach(request -> request.done.completeExceptionally(failure));
    }

    /** One request has something in it that cannot be stored: the others are not to suffer for it. */
    private void refuse(List<Request> group, IllegalArgumentException failure) {
        if (group.size() > 1) {
            group.forEach(request -> commit(List.of(request)));
            return;
        }
        LOG.error("A request to the session store is refused: {}", failure.getMessage());
        group.get(0)
                .done
                .completeExceptionally(new StoreFailure("This cannot be stored: " + failure.getMessage(), failure));
    }
}
