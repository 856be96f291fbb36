package isthmus.gateway.spi;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Reading the log again: what the backlog is delivered from. {@link #read} and {@link #scan} block on the disk and are
 * called on reader threads only.
 */
public interface MessageLog {
    /** The message at a position, or empty when retention has removed it or it is not for devices. */
    Optional<LoggedMessage> read(long position);

    /**
     * Visits messages for devices in log order until the visitor returns false (that message counts as visited), the
     * range ends, or a bounded amount of log was looked at.
     *
     * @return the position from which to go on; {@code to} when the range was finished
     */
    long scan(long from, long to, Predicate<LoggedMessage> visitor);

    /** The position of the oldest message that retention has left. */
    long firstPosition();

    /**
     * The feed thread. A task runs after every message that was in the log when it was handed over has been given to
     * {@link isthmus.gateway.spi.Downlink}, and before any that is stored later.
     */
    Executor feed();
}
