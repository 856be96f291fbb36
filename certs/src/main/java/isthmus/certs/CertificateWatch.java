package isthmus.certs;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that looks after the files of a {@link TlsMaterial}. It reads a few kilobytes at every look. */
public final class CertificateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final TlsMaterial material;
    private final ScheduledExecutorService thread;
    private final Future<?> looking;

    CertificateWatch(TlsMaterial material, Duration interval) {
        this.material = material;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watcher = new Thread(task, "certificate-watch");
            watcher.setDaemon(true);
            return watcher;
        });
        long nanos = interval.toNanos();
        this.looking = thread.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            material.look();
        } catch (RuntimeException bug) { // an exception would end the watch silently
            LOG.error("looking for changed certificates failed, going on", bug);
        }
    }

    /** Ends the watch; what is loaded stays in use. */
    @Override
    public void close() {
        looking.cancel(true);
        thread.shutdownNow();
    }
}
