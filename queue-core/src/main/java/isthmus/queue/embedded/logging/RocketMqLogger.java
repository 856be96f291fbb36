package isthmus.queue.embedded.logging;

import java.nio.channels.ClosedChannelException;
import org.apache.rocketmq.logging.org.slf4j.Marker;
import org.apache.rocketmq.logging.org.slf4j.event.Level;
import org.apache.rocketmq.logging.org.slf4j.helpers.LegacyAbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Passes each call on to the logger of this process; any thread. */
final class RocketMqLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    /**
     * A whole request or answer, which has signatures in it. RocketMQ logs both as errors behind the one that says that the
     * answer could not be written: a dozen for each consumer that leaves.
     */
    private static final String PACKET = "RemotingCommand [";

    private final transient Logger target;
    private final boolean errorsOnly;

    RocketMqLogger(Logger target, boolean errorsOnly) {
        this.target = target;
        this.errorsOnly = errorsOnly;
        this.name = target.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return !errorsOnly && target.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return !errorsOnly && target.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return !errorsOnly && target.isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return !errorsOnly && target.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return target.isErrorEnabled();
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        boolean ordinary = cause == null ? message != null && message.startsWith(PACKET) : isOrdinary(cause);
        LoggingEventBuilder event =
                ordinary ? target.atDebug() : target.atLevel(org.slf4j.event.Level.valueOf(level.name()));
        if (cause != null) {
            event = event.setCause(cause);
        }
        if (arguments == null) {
            event.log(message);
        } else {
            event.log(message, arguments);
        }
    }

    /**
     * What RocketMQ reports as an error and is none: its threads are interrupted when it is stopped, and only then; and a
     * client may leave before its answer is written.
     */
    private static boolean isOrdinary(Throwable cause) {
        return cause instanceof InterruptedException || cause instanceof ClosedChannelException;
    }
}
