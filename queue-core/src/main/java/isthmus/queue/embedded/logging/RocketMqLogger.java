package isthmus.queue.embedded.logging;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.rocketmq.logging.org.slf4j.Marker;
import org.apache.rocketmq.logging.org.slf4j.event.Level;
import org.apache.rocketmq.logging.org.slf4j.helpers.LegacyAbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Passes each call on to the logger of this process; any thread. */
final class RocketMqLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private static final Logger OWN = LoggerFactory.getLogger(RocketMqLogger.class);

    /** Twenty lines a minute: whoever connects to the wrong port again and again does not fill the disk. */
    private static final long BETWEEN_STRANGERS_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int QUOTED_LENGTH = 100;

    private final transient Logger target;
    private final boolean errorsOnly;
    private final transient LongSupplier nanoTime;
    private final transient AtomicLong nextStrangerNanos;

    /** @param nanoTime {@link System#nanoTime} or a test's clock */
    RocketMqLogger(Logger target, boolean errorsOnly, LongSupplier nanoTime) {
        this.target = target;
        this.errorsOnly = errorsOnly;
        this.nanoTime = nanoTime;
        this.nextStrangerNanos = new AtomicLong(nanoTime.getAsLong());
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
        boolean ordinary = cause != null && isOrdinary(cause);
        if (cause != null && !ordinary && isForeign(message)) {
            logStranger(message, cause);
            return;
        }
        LoggingEventBuilder event = isCommand(message) || ordinary
                ? target.atDebug()
                : target.atLevel(org.slf4j.event.Level.valueOf(level.name()));
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
     * Below the error that it reports RocketMQ writes the whole request and answer in lines of their own, with AccessKey and
     * signature, also when the error is an ordinary one.
     */
    private static boolean isCommand(@Nullable String message) {
        return message != null && message.startsWith("RemotingCommand [");
    }

    /** Somebody else's bytes, from whoever has the wrong port. */
    private static boolean isForeign(@Nullable String message) {
        return message != null && message.startsWith("decode exception, ");
    }

    /** Address and sentence are enough, without a stack trace. No error of RocketMQ's, so that it is ours to warn. */
    private void logStranger(@Nullable String message, Throwable cause) {
        long now = nanoTime.getAsLong();
        long next = nextStrangerNanos.get();
        boolean told = now - next >= 0 && nextStrangerNanos.compareAndSet(next, now + BETWEEN_STRANGERS_NANOS);
        OWN.atLevel(told ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
                .log("{}: that is not RocketMQ's protocol ({})", message, quoted(cause));
    }

    /** Short, on one line: the message may hold all of the bytes that a stranger sent. */
    private static String quoted(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        String head = text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
        return cause.getClass().getSimpleName() + ": " + head.replaceAll("\\p{Cntrl}|[\\x80-\\x9f\\u2028\\u2029]", "?");
    }

    /**
     * What RocketMQ reports as an error and is none: its threads are interrupted when it is stopped, and only then; so are
     * its executors shut down; and a client may leave before its answer is written, in good order or cut off.
     */
    private static boolean isOrdinary(Throwable cause) {
        return cause instanceof InterruptedException
                || cause instanceof ClosedChannelException
                || (cause instanceof IOException && isCutOff(cause.getMessage()))
                || (cause instanceof RejectedExecutionException && isShutDown(cause.getMessage()));
    }

    /** By the words of the system, which it uses for connections only: what fails on a disk is called otherwise. */
    private static boolean isCutOff(@Nullable String failure) {
        return failure != null && (failure.contains("Connection reset") || failure.contains("Broken pipe"));
    }

    /** By the executor's {@link java.util.concurrent.ThreadPoolExecutor#toString}; a running one refuses when it is full. */
    private static boolean isShutDown(@Nullable String refusal) {
        return refusal != null && (refusal.contains("[Shutting down") || refusal.contains("[Terminated"));
    }
}
