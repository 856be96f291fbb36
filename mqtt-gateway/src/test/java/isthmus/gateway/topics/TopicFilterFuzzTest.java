package isthmus.gateway.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import isthmus.gateway.codec.TopicSyntax;
import isthmus.gateway.spi.QoS;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The tree of subscriptions finds what a naive matcher finds, and is empty when everything was removed. */
class TopicFilterFuzzTest {
    private static final TopicSyntax SYNTAX = new TopicSyntax(65_535, 65_535);

    /** One step a line: what to do, with which QoS or number, and the filter or name it is done with. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "A0a/b\nB1a/+\nA2#\n?0a/b\n?0a\na0a/+\nb0a/+\n?0a/b",
                        "i1a/#\ni2a/b\nA0+/b\n?0a/b\nu0a/#\n?0a",
                        "A0#\nB0+/x\nC1$x/#\n?0$x/x\n?0$x",
                        "A0/\nB0//\nC0+/+\nD0/+\nE0/#\n?0/\n?0//\n?0///",
                        "A0a#\nA0a+\nA0#/a\nA0+a/b\nA0",
                        "A2a\nA0a\n?0a\na0a\na0a\n?0a")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void theTreeFindsWhatANaiveMatcherFinds(byte[] input) {
        Model model = new Model();
        new String(input, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.length() >= 2)
                .limit(200)
                .forEach(line -> model.step(line.charAt(0), line.charAt(1), line.substring(2)));
        model.removeEverything();
    }

    private static boolean isForTheCodec(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    /** The tree, and next to it the same subscriptions as plain maps. */
    private static final class Model {
        private final SubscriptionTree<Character> tree = new SubscriptionTree<>();
        private final Matches<Character> matches = new Matches<>();
        private final Map<String, Map<Character, QoS>> held = new HashMap<>();
        private final Map<String, Integer> numbers = new HashMap<>();

        void step(char what, char option, String text) {
            if (what == '?') {
                compareMatches(text);
            } else if (SYNTAX.violationInFilter(text) != null) {
                // The codec refuses more than the tree, which need not know control characters and surrogates.
                if (text.codePoints().noneMatch(TopicFilterFuzzTest::isForTheCodec)) {
                    assertThatIllegalArgumentException().isThrownBy(() -> TopicFilter.of(text));
                }
            } else {
                change(what, option, TopicFilter.of(text));
            }
        }

        private void change(char what, char option, TopicFilter filter) {
            assertThat(String.join("/", filter.levels())).isEqualTo(filter.text());
            if (what == 'i') {
                tree.index(filter, option);
                numbers.put(filter.text(), (int) option);
            } else if (what == 'u') {
                tree.unindex(filter);
                numbers.remove(filter.text());
            } else if (Character.isUpperCase(what)) {
                tree.subscribe(filter, Character.toLowerCase(what), QoS.of(option % 3));
                held.computeIfAbsent(filter.text(), f -> new HashMap<>())
                        .put(Character.toLowerCase(what), QoS.of(option % 3));
            } else {
                tree.unsubscribe(filter, what);
                held.computeIfPresent(
                        filter.text(), (f, who) -> who.remove(what) != null && who.isEmpty() ? null : who);
            }
            assertThat(tree.filters()).isEqualTo(held.size());
        }

        private void compareMatches(String topic) {
            if (SYNTAX.violationInName(topic) != null) {
                return;
            }
            Map<Character, QoS> expected = new HashMap<>();
            held.forEach((filter, who) -> {
                boolean matched = NaiveMatcher.matches(filter, topic);
                assertThat(TopicFilter.of(filter).matches(topic))
                        .as(filter + " matches " + topic)
                        .isEqualTo(matched);
                if (matched) {
                    who.forEach((subscriber, qos) -> expected.merge(subscriber, qos, QoS::max));
                }
            });
            Set<Integer> expectedNumbers = new HashSet<>();
            numbers.forEach((filter, number) -> {
                if (NaiveMatcher.matches(filter, topic)) {
                    expectedNumbers.add(number);
                }
            });
            tree.match(topic, matches);
            assertThat(found()).isEqualTo(expected);
            assertThat(foundNumbers()).isEqualTo(expectedNumbers);
        }

        private Map<Character, QoS> found() {
            Map<Character, QoS> found = new HashMap<>();
            for (int i = 0; i < matches.size(); i++) {
                assertThat(found.put(matches.subscriber(i), matches.qos(i)))
                        .as("found twice")
                        .isNull();
            }
            return found;
        }

        private Set<Integer> foundNumbers() {
            Set<Integer> found = new HashSet<>();
            for (int i = 0; i < matches.filterIdCount(); i++) {
                found.add(matches.filterId(i));
            }
            return found;
        }

        void removeEverything() {
            held.forEach((filter, who) ->
                    who.keySet().forEach(subscriber -> tree.unsubscribe(TopicFilter.of(filter), subscriber)));
            numbers.keySet().forEach(filter -> tree.unindex(TopicFilter.of(filter)));
            assertThat(tree.nodes()).isZero();
            assertThat(tree.subscriptions()).isZero();
            assertThat(tree.filters()).isZero();
        }
    }
}
