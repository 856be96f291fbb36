package isthmus.server.resources;

import isthmus.queue.api.Appended;
import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.QueueTopic;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A queue core that remembers which resources it was told of and does nothing else. */
final class RememberingQueueCore implements QueueCore {
    final Set<String> topics = new TreeSet<>();
    final Set<String> groups = new TreeSet<>();
    final Map<String, QueueTopic> topicsAsPut = new TreeMap<>();
    final Map<String, QueueAccount> accounts = new TreeMap<>();

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
        accounts.put(account.accessKey(), account);
    }

    @Override
    public void removeAccount(String accessKey) {
        accounts.remove(accessKey);
    }

    @Override
    public Set<String> accounts() {
        return accounts.keySet();
    }

    @Override
    public void putTopic(QueueTopic topic) {
        topics.add(topic.name());
        topicsAsPut.put(topic.name(), topic);
    }

    @Override
    public void removeTopic(String topic) {
        topics.remove(topic);
        topicsAsPut.remove(topic);
    }

    @Override
    public void removeGroup(String group) {
        groups.remove(group);
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
    public boolean takesMessages() {
        return true;
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
