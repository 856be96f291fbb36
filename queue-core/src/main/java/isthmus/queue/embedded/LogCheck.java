package isthmus.queue.embedded;

import java.time.Duration;
import org.apache.rocketmq.store.CommitLogDispatcher;
import org.apache.rocketmq.store.DispatchRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages that RocketMQ reads again when it starts after a kill, because it does not know whether its consume
 * queues have them, and says how far it is when that takes long. In the thread that starts the broker; taken out of the
 * store's dispatchers before the store runs.
 */
final class LogCheck implements CommitLogDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int LOOK_AT_THE_CLOCK = 1 << 14;

    private long messages;
    private long reported = System.nanoTime();

    @Override
    public void dispatch(DispatchRequest request) {
        messages++;
        if (messages % LOOK_AT_THE_CLOCK == 0 && System.nanoTime() - reported > REPORT_NANOS) {
            reported = System.nanoTime();
            LOG.info(
                    "Checking the log after a stop without shutdown: {} messages, at position {}",
                    messages,
                    request.getCommitLogOffset());
        }
    }

    long messages() {
        return messages;
    }
}
