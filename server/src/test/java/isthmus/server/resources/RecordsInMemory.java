package isthmus.server.resources;

import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoredSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that keeps named records in memory and does nothing else. */
public final class RecordsInMemory implements SessionStore {
    private final Map<String, Map<String, Payload>> kinds = new HashMap<>();
    private @Nullable String failing;

    /** Writing a record of this kind fails from now on, as if the process had died before; null: none does. */
    public void failAt(@Nullable String kind) {
        failing = kind;
    }

    @Override
    public Map<String, Payload> records(String kind) {
        return Map.copyOf(kinds.getOrDefault(kind, Map.of()));
    }

    @Override
    public void changeRecords(List<RecordChange> changes) {
        if (changes.stream().anyMatch(change -> change.kind().equals(failing))) {
            throw new IllegalStateException(failing + " cannot be written");
        }
        for (RecordChange change : changes) {
            Map<String, Payload> kind = kinds.computeIfAbsent(change.kind(), any -> new HashMap<>());
            if (change.value() == null) {
                kind.remove(change.name());
            } else {
                kind.put(change.name(), change.value());
            }
        }
    }

    @Override
    public List<StoredSession> sessions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Integer> filters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retainedTopics(Consumer<String> topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long feedPosition() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clampTo(long end) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> write(List<StoreChange> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeSoon(List<StoreChange> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeNow(List<StoreChange> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public IndexEntries index(int filterId, long after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RetainedView retained() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<OpenConnection> openConnections(@Nullable OpenConnection after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<KeptWill> wills(@Nullable KeptWill after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long eventIndex() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
