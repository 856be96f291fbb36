package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.Indexed;
import isthmus.gateway.store.BacklogReader.Entry;
import isthmus.gateway.store.BacklogReader.Slice;
import isthmus.gateway.store.BacklogReader.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogReaderTest {
    @TempDir
    Path directory;

    private RocksSessionStore store;
    private BacklogReader reader;

    @BeforeEach
    void open() {
        store = RocksSessionStore.open(directory, false);
        reader = new BacklogReader(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMessageOfSeveralFiltersComesOnceWithTheHighestQoSOfThoseThatHoldIt() {
        write(new Indexed(1, 10), new Indexed(2, 10), new Indexed(3, 10), new Indexed(2, 20), new Indexed(1, 30));
        List<Source> sources = List.of(
                new Source(1, QoS.AT_LEAST_ONCE, -1),
                new Source(2, QoS.EXACTLY_ONCE, 10), // begins after the message at 10
                new Source(3, QoS.AT_MOST_ONCE, -1));

        assertThat(reader.read(sources, -1, 10))
                .isEqualTo(new Slice(
                        List.of(
                                new Entry(10, QoS.AT_LEAST_ONCE),
                                new Entry(20, QoS.EXACTLY_ONCE),
                                new Entry(30, QoS.AT_LEAST_ONCE)),
                        true));
    }

    @Test
    void saysWhetherThereIsMore() {
        write(new Indexed(1, 1), new Indexed(1, 2), new Indexed(2, 2), new Indexed(2, 3));
        List<Source> sources = List.of(new Source(1, QoS.AT_LEAST_ONCE, -1), new Source(2, QoS.AT_LEAST_ONCE, -1));

        assertThat(reader.read(sources, -1, 2).exhausted()).isFalse();
        assertThat(reader.read(sources, -1, 3).exhausted()).isTrue();
        assertThat(reader.read(sources, 2, 1)).isEqualTo(new Slice(List.of(new Entry(3, QoS.AT_LEAST_ONCE)), true));
        assertThat(reader.read(sources, 3, 1)).isEqualTo(new Slice(List.of(), true));
        assertThat(reader.read(List.of(), -1, 1)).isEqualTo(new Slice(List.of(), true));
    }

    @Test
    void readsInSlicesWhatANaiveMergeGives() {
        Random random = new Random(5);
        Map<Integer, Set<Long>> index = new TreeMap<>();
        List<StoreChange> changes = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            int filter = random.nextInt(12);
            long position = random.nextInt(1_000);
            index.computeIfAbsent(filter, f -> new TreeSet<>()).add(position);
            changes.add(new Indexed(filter, position));
        }
        write(changes.toArray(StoreChange[]::new));
        for (int round = 0; round < 200; round++) {
            List<Source> sources = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                sources.add(new Source(random.nextInt(13), QoS.of(random.nextInt(3)), random.nextInt(400) - 1));
            }
            long after = random.nextInt(500) - 1;
            assertThat(readAll(sources, after, 1 + random.nextInt(40))).isEqualTo(naive(index, sources, after));
        }
    }

    private List<Entry> readAll(List<Source> sources, long after, int max) {
        List<Entry> all = new ArrayList<>();
        long from = after;
        while (true) {
            Slice slice = reader.read(sources, from, max);
            assertThat(slice.entries()).hasSizeLessThanOrEqualTo(max);
            all.addAll(slice.entries());
            if (slice.exhausted()) {
                return all;
            }
            from = slice.entries().get(slice.entries().size() - 1).position();
        }
    }

    private static List<Entry> naive(Map<Integer, Set<Long>> index, List<Source> sources, long after) {
        Map<Long, QoS> found = new TreeMap<>();
        for (Source source : sources) {
            for (long position : index.getOrDefault(source.filterId(), Set.of())) {
                if (position > after && position > source.since()) {
                    found.merge(position, source.qos(), QoS::max);
                }
            }
        }
        return found.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void write(StoreChange... changes) {
        store.write(List.of(changes)).toCompletableFuture().join();
    }
}
