package isthmus.bridge;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.MessageLog;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.QueueCore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reading the log again, through the same mapping as the feed. Any thread; {@link #read} and {@link #scan} block. */
final class QueueLog implements MessageLog {
    /** Log looked at by one {@link #scan}: a few hundred small messages, read in about a millisecond. */
    private static final int SCAN_BYTES = 128 * 1024;

    private final QueueCore queue;
    private final MessageMapping mapping;
    private final Executor feed;
    private volatile Set<String> parentTopics = Set.of();

    QueueLog(QueueCore queue, BridgeSettings settings, Executor feed) {
        this.queue = queue;
        this.mapping = new MessageMapping(settings.requireTag(), MappingFindings.UNREPORTED);
        this.feed = feed;
    }

    /** Only messages of these topics are for devices, from now on. */
    void watch(Set<String> topics) {
        parentTopics = topics;
    }

    @Override
    public Optional<LoggedMessage> read(long position) {
        return queue.read(position)
                .filter(record -> parentTopics.contains(record.topic()))
                .map(mapping::toDevices);
    }

    @Override
    public long scan(long from, long to, Predicate<LoggedMessage> visitor) {
        Visit visit = new Visit(visitor);
        long next = queue.scan(from, to, parentTopics, SCAN_BYTES, visit);
        return visit.firstLeftOut == Visit.NONE ? next : visit.firstLeftOut;
    }

    @Override
    public long firstPosition() {
        return queue.firstPosition();
    }

    @Override
    public Executor feed() {
        return feed;
    }

    /** One scan. Once the visitor has enough, it only notes where the next scan is to go on. */
    private final class Visit implements Consumer<LogRecord> {
        static final long NONE = -1;

        private final Predicate<LoggedMessage> visitor;
        private boolean wantsMore = true;
        private long firstLeftOut = NONE;

        Visit(Predicate<LoggedMessage> visitor) {
            this.visitor = visitor;
        }

        @Override
        public void accept(LogRecord record) {
            if (wantsMore) {
                @Nullable LoggedMessage message = mapping.toDevices(record);
                wantsMore = message == null || visitor.test(message);
            } else if (firstLeftOut == NONE) {
                firstLeftOut = record.position();
            }
        }
    }
}
