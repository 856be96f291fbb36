package isthmus.bridge;

import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.QueueTopic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A log in memory with a hand-cranked feed. It can refuse appends and can keep them waiting. Like the real one it stores
 * the tag among the properties, and knows only topics that were created.
 */
final class FakeQueueCore implements QueueCore {
    /** The first record does not stand at 0, so that no test passes by mistaking an index for a position. */
    private static final long START = 1_000;

    private final List<LogRecord> records = new ArrayList<>();
    private final List<QueueMessage> messages = new ArrayList<>();
    private final Set<String> topics = new TreeSet<>();
    private final Deque<AppendException.Reason> refusals = new ArrayDeque<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean holding;
    private long end = START;
    private FakeFeed feed;

    FakeQueueCore(String... topics) {
        this.topics.addAll(List.of(topics));
    }

    /** The next appends fail, one for each reason. */
    void refuse(AppendException.Reason... reasons) {
        refusals.addAll(List.of(reasons));
    }

    void refuse(AppendException.Reason reason, int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(reason);
        }
    }

    @Override
    public boolean takesMessages() {
        return refusals.isEmpty();
    }

    /** From now on appends complete in {@link #letGo} only. */
    void hold() {
        holding = true;
    }

    void letGo() {
        holding = false;
        while (!held.isEmpty()) {
            held.poll().run();
        }
    }

    /** What was appended, in order. */
    List<QueueMessage> messages() {
        return messages;
    }

    List<LogRecord> records() {
        return records;
    }

    /** Retention. */
    void removeFirst(int count) {
        records.subList(0, count).clear();
    }

    FakeFeed feed() {
        return feed;
    }

    @Override
    public CompletionStage<Appended> append(QueueMessage message) {
        if (!holding) {
            return result(message);
        }
        CompletableFuture<Appended> later = new CompletableFuture<>();
        held.add(() -> result(message).whenComplete((appended, failure) -> {
            if (failure == null) {
                later.complete(appended);
            } else {
                later.completeExceptionally(failure);
            }
        }));
        return later;
    }

    private CompletableFuture<Appended> result(QueueMessage message) {
        if (!refusals.isEmpty()) {
            return refusal(refusals.poll(), "refused as the test asked");
        }
        if (!topics.contains(message.topic())) {
            return refusal(AppendException.Reason.UNKNOWN_TOPIC, "no topic " + message.topic());
        }
        messages.add(message);
        LogRecord record = record(message);
        records.add(record);
        end += record.size();
        return CompletableFuture.completedFuture(new Appended(record.position(), "ID" + record.position()));
    }

    private static CompletableFuture<Appended> refusal(AppendException.Reason reason, String why) {
        return CompletableFuture.failedFuture(new AppendException(reason, why));
    }

    private LogRecord record(QueueMessage message) {
        String stored = message.properties().stored();
        if (message.tag() != null) {
            stored += "TAGS\u0001" + message.tag() + "\u0002";
        }
        int size = 100 + stored.length() + message.body().length();
        return new LogRecord(
                end,
                size,
                message.topic(),
                0,
                records.size(),
                0,
                0,
                MessageProperties.ofStored(stored),
                message.body());
    }

    @Override
    public LogFeed openFeed(long from, FeedHandler handler) {
        feed = new FakeFeed(from, handler);
        return feed;
    }

    @Override
    public Optional<LogRecord> read(long position) {
        return records.stream().filter(record -> record.position() == position).findFirst();
    }

    @Override
    public long scan(long from, long to, Set<String> wanted, int maxBytes, Consumer<LogRecord> visitor) {
        long next = from;
        for (LogRecord record : records) {
            if (record.position() >= to || next - from >= maxBytes) {
                return next;
            }
            if (record.position() >= from) {
                if (wanted.contains(record.topic())) {
                    visitor.accept(record);
                }
                next = record.position() + record.size();
            }
        }
        return Math.min(to, next);
    }

    @Override
    public long firstPosition() {
        return records.isEmpty() ? end : records.get(0).position();
    }

    @Override
    public long endPosition() {
        return end;
    }

    @Override
    public void createTopic(String topic) {
        topics.add(topic);
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public void createGroup(String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAccount(QueueAccount account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putTopic(QueueTopic topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeTopic(String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeGroup(String group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> accounts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeAccount(String accessKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String nameServerAddress() {
        return "127.0.0.1:9876";
    }

    @Override
    public void close() {}

    /** Moves when it is cranked, in the thread that cranks. */
    final class FakeFeed implements LogFeed {
        private final FeedHandler handler;
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private long position;
        private Set<String> watched;
        private boolean closed;

        FakeFeed(long from, FeedHandler handler) {
            this.position = from;
            this.handler = handler;
        }

        /** Hands everything over that is in the log, then runs the tasks. */
        void crank() {
            if (watched != null && position < end) {
                List<LogRecord> batch = records.stream()
                        .filter(record -> record.position() >= position && watched.contains(record.topic()))
                        .toList();
                position = end;
                handler.onRecords(batch, end);
            }
            while (!tasks.isEmpty()) {
                tasks.poll().run();
            }
        }

        Set<String> watched() {
            return watched;
        }

        boolean closed() {
            return closed;
        }

        @Override
        public void watch(Set<String> topics) {
            watched = topics;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
