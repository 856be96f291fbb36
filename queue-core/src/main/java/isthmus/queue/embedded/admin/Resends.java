package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.ResendJob;
import isthmus.queue.api.admin.ResendJob.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resends of many dead letters, one after the other on a thread of their own, so that they take one processor at most and
 * the log's ordinary writers come first. Any thread may begin, watch and cancel them.
 */
final class Resends implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resends.class);
    private static final int KEPT = 20;
    private static final int MAX_RUNNING = 10;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(Resends::thread);
    /** Oldest first. */
    private final Map<String, RunningResend> jobs = new LinkedHashMap<>(); // under this

    /** One dead letter after the other, until {@link RunningResend#goesOn} says no. */
    interface Work {
        void run(RunningResend progress);
    }

    synchronized ResendJob begin(String group, long total, Work work) {
        if (jobs.values().stream()
                .anyMatch(job -> job.isRunning() && job.group().equals(group))) {
            throw new OperationException(
                    Reason.CONFLICT,
                    "group",
                    "Dead letters of the group " + group + " are being resent; wait for it or cancel it.");
        }
        if (jobs.values().stream().filter(RunningResend::isRunning).count() >= MAX_RUNNING) {
            throw new OperationException(
                    Reason.UNAVAILABLE, "group", MAX_RUNNING + " resends are waiting already; try again later.");
        }
        RunningResend job = new RunningResend(UUID.randomUUID().toString(), group, total);
        jobs.put(job.id(), job);
        jobs.values().removeIf(old -> jobs.size() > KEPT && !old.isRunning());
        worker.execute(() -> run(job, work));
        return job.status();
    }

    private static void run(RunningResend job, Work work) {
        try {
            work.run(job);
            job.end(job.goesOn() ? State.DONE : State.CANCELLED, "");
        } catch (OperationException refused) {
            job.end(State.FAILED, String.valueOf(refused.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("Resending the dead letters of group {} failed", job.group(), bug);
            job.end(State.FAILED, "It failed inside the server; the log has the details.");
        }
    }

    synchronized Optional<ResendJob> status(String jobId) {
        return Optional.ofNullable(jobs.get(jobId)).map(RunningResend::status);
    }

    synchronized void cancel(String jobId) {
        RunningResend job = jobs.get(jobId);
        if (job == null) {
            throw new OperationException(Reason.NOT_FOUND, "jobId", "There is no resend \"" + jobId + "\".");
        }
        job.cancel();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "isthmus-resend");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends what runs after the message it is at. */
    @Override
    public void close() {
        synchronized (this) {
            jobs.values().forEach(RunningResend::cancel);
        }
        worker.shutdown();
        try {
            if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("A resend of dead letters did not end within 10 s");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
