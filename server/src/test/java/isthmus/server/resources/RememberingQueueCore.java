package isthmus.server.resources;

import isthmus.queue.api.Appended;
import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A queue core that remembers which resources it was told of and does nothing else. */
final class RememberingQueueCore implements QueueCore {
    final Set<String> topics = new TreeSet<>();
    final Set<String> groups = new TreeSet<>();
    final List<QueueAccount> accounts = new ArrayList<>();

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
        groups.add(group);
    }

    @Override
    public void putAccount(QueueAccount account) {
        accounts.add(account);
    }

    @Override
    public void removeAccount(String accessKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Appended> append(QueueMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogFeed openFeed(long from, FeedHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LogRecord> read(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long scan(long from, long to, Set<String> topics, int maxBytes, Consumer<LogRecord> visitor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long firstPosition() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long endPosition() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String nameServerAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
