package isthmus.bridge;

import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.UnstorableMessage;
import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.TraceContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way up: a device's message is mapped and appended. Called on event loops; the stage completes on the thread of the
 * append, which is the caller's own when the log took the message at once.
 */
final class QueueUplink implements TracedUplink {
    /** Shared by all messages that were stored on return: complete, and nobody can change it. */
    private static final CompletionStage<Void> STORED = CompletableFuture.completedStage(null);

    private final QueueCore queue;
    private final BridgeMetrics metrics;
    private final @Nullable NewTraces traces;
    private final BiFunction<Appended, @Nullable Throwable, Void> outcome = this::outcome;

    QueueUplink(QueueCore queue, TraceSettings traces, BridgeMetrics metrics) {
        this.queue = queue;
        this.metrics = metrics;
        this.traces = traces.enabled()
                ? new NewTraces(
                        traces.sampledOneIn(), () -> ThreadLocalRandom.current().nextLong())
                : null;
    }

    @Override
    public CompletionStage<Void> publish(PublishedMessage message) {
        return publish(message, null);
    }

    @Override
    public CompletionStage<Void> publish(PublishedMessage message, @Nullable TraceContext trace) {
        QueueMessage mapped;
        try {
            mapped = MessageMapping.toLog(message, trace == null && traces != null ? traces.begin() : trace);
        } catch (IllegalArgumentException unstorable) {
            metrics.increment(BridgeCounter.UPLINK_FAILED);
            return CompletableFuture.failedStage(unstorable(message, unstorable));
        }
        CompletionStage<Appended> appended = queue.append(mapped);
        if (isStored(appended)) {
            metrics.increment(BridgeCounter.UPLINK_STORED);
            return STORED;
        }
        return appended.handle(outcome);
    }

    private static boolean isStored(CompletionStage<Appended> appended) {
        return appended instanceof CompletableFuture<Appended> future
                && future.isDone()
                && !future.isCompletedExceptionally();
    }

    private Void outcome(Appended appended, @Nullable Throwable failure) {
        if (failure == null) {
            metrics.increment(BridgeCounter.UPLINK_STORED);
            return null;
        }
        metrics.increment(BridgeCounter.UPLINK_FAILED);
        Throwable cause = Failures.cause(failure);
        throw new CompletionException(isHopeless(cause) ? new UnstorableMessage(cause) : cause);
    }

    private static boolean isHopeless(Throwable failure) {
        return failure instanceof AppendException refused
                && (refused.reason() == AppendException.Reason.MESSAGE_ILLEGAL
                        || refused.reason() == AppendException.Reason.UNKNOWN_TOPIC);
    }

    private static UnstorableMessage unstorable(PublishedMessage message, IllegalArgumentException why) {
        String text = "client \"" + message.clientId() + "\" published to a topic that cannot be stored: "
                + why.getMessage() + "; topics and client ids must not hold these control characters";
        return new UnstorableMessage(new AppendException(AppendException.Reason.MESSAGE_ILLEGAL, text));
    }
}
