package isthmus.gateway.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.harness.Normative;
import isthmus.gateway.spi.QoS;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionTreeTest {
    private final SubscriptionTree<String> tree = new SubscriptionTree<>();
    private final Matches<String> matches = new Matches<>();

    @Test
    @Normative("MQTT-3.3.5-1")
    void aSubscriberOfSeveralMatchingFiltersIsFoundOnceWithTheHighestQoS() {
        subscribe("a/b", "one", 0);
        subscribe("a/+", "one", 2);
        subscribe("#", "one", 1);
        subscribe("a/#", "two", 1);
        subscribe("a/+", "two", 0);
        subscribe("a/c", "three", 2);

        assertThat(match("a/b")).isEqualTo(Map.of("one", QoS.EXACTLY_ONCE, "two", QoS.AT_LEAST_ONCE));
    }

    @Test
    @Normative("MQTT-3.8.4-3")
    void subscribingAgainReplacesTheQoS() {
        subscribe("a", "one", 2);
        subscribe("a", "one", 0);

        assertThat(match("a")).isEqualTo(Map.of("one", QoS.AT_MOST_ONCE));
        assertThat(tree.subscriptions()).isEqualTo(1);
    }

    @Test
    void findsTheNumbersOfMatchingFilters() {
        tree.index(TopicFilter.of("a/#"), 0);
        tree.index(TopicFilter.of("a/b"), 7);
        tree.index(TopicFilter.of("b"), 8);

        match("a/b");
        assertThat(filterIds()).containsExactlyInAnyOrder(0, 7);
        assertThat(matches.isEmpty()).isFalse();

        tree.unindex(TopicFilter.of("a/#"));
        match("a");
        assertThat(matches.isEmpty()).isTrue();
        assertThatThrownBy(() -> tree.index(TopicFilter.of("a"), -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWildcardOfATopicNameIsAnOrdinaryCharacter() {
        subscribe("a/+", "one", 0);
        subscribe("a/b", "two", 0);

        assertThat(match("a/+")).containsOnlyKeys("one");
        assertThat(match("#")).isEmpty();
    }

    @Test
    void manySubscribersOfOneFilterAreAllFound() {
        for (int i = 0; i < 10_000; i++) {
            subscribe("fan/out", "client" + i, i % 3);
        }
        subscribe("fan/#", "client5", 0);
        subscribe("fan/#", "extra", 1);

        Map<String, QoS> found = match("fan/out");

        assertThat(found)
                .hasSize(10_001)
                .containsEntry("client5", QoS.EXACTLY_ONCE)
                .containsEntry("client3", QoS.AT_MOST_ONCE);
        for (int i = 0; i < 10_000; i += 2) {
            tree.unsubscribe(TopicFilter.of("fan/out"), "client" + i);
        }
        assertThat(match("fan/out"))
                .hasSize(5_001)
                .containsKeys("client1", "extra")
                .doesNotContainKey("client2");
    }

    @Test
    void aTopicOfAsManyLevelsAsThereCanBeNeedsNoDeepStack() {
        String deep = "/".repeat(65_535);
        subscribe(deep, "one", 1);
        subscribe("+" + "/+".repeat(32_000) + "/#", "two", 1);

        assertThat(match(deep)).containsOnlyKeys("one", "two");
        tree.unsubscribe(TopicFilter.of(deep), "one");
        tree.unsubscribe(TopicFilter.of("+" + "/+".repeat(32_000) + "/#"), "two");
        assertThat(tree.nodes()).isZero();
    }

    @Test
    void anyOrderOfChangesMatchesLikeTheNaiveMatcherAndLeavesNothingBehind() {
        for (int seed = 1; seed <= 20; seed++) {
            RandomTopics random = new RandomTopics(seed);
            Map<String, Map<String, QoS>> expected = new HashMap<>();
            Map<String, Integer> ids = new HashMap<>();
            for (int step = 0; step < 3_000; step++) {
                changeOne(step, random, expected, ids);
                if (step % 10 == 0) {
                    String topic = random.topic();
                    assertThat(match(topic))
                            .as("seed %d, topic %s", seed, topic)
                            .isEqualTo(naive(expected, topic));
                    assertThat(filterIds())
                            .hasSameElementsAs(naiveIds(ids, topic))
                            .doesNotHaveDuplicates();
                }
            }
            assertThat(tree.filters()).isEqualTo(expected.size());
            assertThat(tree.subscriptions())
                    .isEqualTo(expected.values().stream().mapToInt(Map::size).sum());
            removeAll(expected, ids);
            assertThat(List.of(tree.nodes(), tree.filters(), tree.subscriptions()))
                    .containsOnly(0L);
        }
    }

    private void changeOne(
            int step, RandomTopics random, Map<String, Map<String, QoS>> expected, Map<String, Integer> ids) {
        String filter = random.filter();
        String subscriber = "s" + random.below(40);
        switch (random.below(8)) {
            case 0, 1, 2, 3 -> {
                QoS qos = QoS.of(random.below(3));
                tree.subscribe(TopicFilter.of(filter), subscriber, qos);
                expected.computeIfAbsent(filter, f -> new HashMap<>()).put(subscriber, qos);
            }
            case 4, 5 -> {
                tree.unsubscribe(TopicFilter.of(filter), subscriber);
                expected.computeIfPresent(
                        filter, (f, held) -> held.remove(subscriber) != null && held.isEmpty() ? null : held);
            }
            case 6 -> {
                tree.index(TopicFilter.of(filter), step);
                ids.put(filter, step);
            }
            default -> {
                tree.unindex(TopicFilter.of(filter));
                ids.remove(filter);
            }
        }
    }

    private void removeAll(Map<String, Map<String, QoS>> expected, Map<String, Integer> ids) {
        expected.forEach((filter, held) ->
                held.keySet().forEach(subscriber -> tree.unsubscribe(TopicFilter.of(filter), subscriber)));
        ids.keySet().forEach(filter -> tree.unindex(TopicFilter.of(filter)));
    }

    private static Map<String, QoS> naive(Map<String, Map<String, QoS>> held, String topic) {
        Map<String, QoS> found = new HashMap<>();
        held.forEach((filter, subscribers) -> {
            if (NaiveMatcher.matches(filter, topic)) {
                subscribers.forEach((subscriber, qos) -> found.merge(subscriber, qos, QoS::max));
            }
        });
        return found;
    }

    private static Set<Integer> naiveIds(Map<String, Integer> ids, String topic) {
        Set<Integer> found = new HashSet<>();
        ids.forEach((filter, id) -> {
            if (NaiveMatcher.matches(filter, topic)) {
                found.add(id);
            }
        });
        return found;
    }

    private void subscribe(String filter, String subscriber, int qos) {
        tree.subscribe(TopicFilter.of(filter), subscriber, QoS.of(qos));
    }

    /** What is matched; fails when a subscriber comes twice. */
    private Map<String, QoS> match(String topic) {
        tree.match(topic, matches);
        Map<String, QoS> found = new HashMap<>();
        for (int i = 0; i < matches.size(); i++) {
            assertThat(found.put(matches.subscriber(i), matches.qos(i))).isNull();
        }
        return found;
    }

    private List<Integer> filterIds() {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < matches.filterIdCount(); i++) {
            ids.add(matches.filterId(i));
        }
        return ids;
    }
}
