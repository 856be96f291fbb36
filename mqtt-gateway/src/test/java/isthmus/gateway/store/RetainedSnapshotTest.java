package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.SessionStore.RetainedView;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.RetainedCleared;
import isthmus.gateway.spi.StoreChange.RetainedSet;
import isthmus.gateway.topics.NaiveMatcher;
import isthmus.gateway.topics.RandomTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedSnapshotTest {
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(topic -> topic.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    @TempDir
    Path directory;

    private RocksSessionStore store;

    @BeforeEach
    void open() {
        store = RocksSessionStore.open(directory, false);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void findsWhatTheNaiveMatcherFindsInPagesOfAnySize() {
        RandomTopics random = new RandomTopics(11);
        SortedSet<String> topics = new TreeSet<>(BY_BYTES);
        for (String tricky :
                List.of("a", "a/", "a/b", "a/b/", "a!", "a!/b", "a/b!", "a0", "a/b0", "/", "//", "$", "$x/a", "气/a")) {
            topics.add(tricky);
        }
        for (int i = 0; i < 800; i++) {
            topics.add(random.topic());
        }
        retain(topics);
        try (RetainedView view = store.retained()) {
            for (int i = 0; i < 4_000; i++) {
                String filter = random.filter();
                List<String> expected = topics.stream()
                        .filter(topic -> NaiveMatcher.matches(filter, topic))
                        .toList();
                assertThat(find(view, filter, 1 + random.below(50))).as(filter).isEqualTo(expected);
            }
        }
    }

    @Test
    void aViewDoesNotChange() {
        retain(List.of("a/b", "a/c"));
        try (RetainedView view = store.retained()) {
            write(List.of(new RetainedCleared("a/b"), new RetainedSet(message("a/d"))));
            assertThat(find(view, "a/+", 10)).containsExactly("a/b", "a/c");
        }
        try (RetainedView view = store.retained()) {
            assertThat(find(view, "a/+", 10)).containsExactly("a/c", "a/d");
        }
    }

    @Test
    void wildcardsSkipWhatTheyDoNotMatch() {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 200; j++) {
                topics.add("site/" + i + "/device" + j);
            }
        }
        retain(topics);
        try (RetainedView view = store.retained()) {
            assertThat(find(view, "site/+/device7", 1000)).hasSize(100);
            assertThat(find(view, "site/5/#", 7)).hasSize(200);
            assertThat(find(view, "other/+", 7)).isEmpty();
            assertThat(find(view, "+", 7)).isEmpty();
        }
    }

    /** All pages. */
    private static List<String> find(RetainedView view, String filter, int limit) {
        List<String> found = new ArrayList<>();
        String after = "";
        while (true) {
            List<LoggedMessage> page = view.find(filter, after, limit);
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            page.forEach(message -> found.add(message.topic()));
            if (page.size() < limit) {
                return found;
            }
            after = page.get(limit - 1).topic();
        }
    }

    private void retain(Iterable<String> topics) {
        List<StoreChange> changes = new ArrayList<>();
        topics.forEach(topic -> changes.add(new RetainedSet(message(topic))));
        write(changes);
    }

    private void write(List<StoreChange> changes) {
        store.write(changes).toCompletableFuture().join();
    }

    private static LoggedMessage message(String topic) {
        return new LoggedMessage(1, topic, topic, Payload.wrap(new byte[] {1}), QoS.AT_LEAST_ONCE, true, null, false);
    }
}
