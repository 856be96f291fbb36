package isthmus.gateway.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.harness.Normative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        // the examples of sections 4.7.1 to 4.7.3
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/#, sport, true",
        "sport/#, sports, false",
        "#, anything/at/all, true",
        "#, /, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+, sport, true",
        "+/tennis/#, sport/tennis/x, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/uptime, false",
        "+/monitor/Clients, $SYS/monitor/Clients, false",
        "$SYS/#, $SYS/uptime, true",
        "$SYS/monitor/+, $SYS/monitor/Clients, true",
        "sport/#, sport/$x, true",
        "ACCOUNTS, Accounts, false",
        "a//b, a/b, false",
        "a//b, a//b, true",
        "a/+/b, a//b, true",
        "a, a/, false",
        "a/, a, false",
    })
    @Normative({"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.2-1"})
    void matchesAsTheSpecificationSays(String filter, String topic, boolean expected) {
        assertThat(TopicFilter.of(filter).matches(topic)).isEqualTo(expected);
        assertThat(NaiveMatcher.matches(filter, topic)).isEqualTo(expected);
    }

    @Test
    void matchesWhatTheNaiveMatcherMatches() {
        RandomTopics random = new RandomTopics(47);
        for (int i = 0; i < 200_000; i++) {
            String filter = random.filter();
            String topic = random.topic();
            assertThat(TopicFilter.of(filter).matches(topic))
                    .as("%s matches %s", filter, topic)
                    .isEqualTo(NaiveMatcher.matches(filter, topic));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a/b+", "+a", "a/#/b", "#/a", "a#", "a/##", "++", "#+"})
    @Normative({"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.3-1"})
    void refusesWhatIsNoTopicFilter(String text) {
        assertThatThrownBy(() -> TopicFilter.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsItsLevels() {
        TopicFilter filter = TopicFilter.of("/a//+/#");
        assertThat(filter.levels()).containsExactly("", "a", "", "+", "#");
        assertThat(filter.firstLevel()).isEmpty();
        assertThat(filter.firstLevelIsWildcard()).isFalse();
        assertThat(filter.hasWildcard()).isTrue();
        assertThat(filter.endsWithHash()).isTrue();
        assertThat(TopicFilter.of("a/").levels()).containsExactly("a", "");
        assertThat(TopicFilter.of("+/a").firstLevelIsWildcard()).isTrue();
        assertThat(TopicFilter.of("#").firstLevelIsWildcard()).isTrue();
        assertThat(TopicFilter.of("a/b").hasWildcard()).isFalse();
    }

    @Test
    void isEqualByItsText() {
        assertThat(TopicFilter.of("a/+")).isEqualTo(TopicFilter.of("a/+")).hasSameHashCodeAs(TopicFilter.of("a/+"));
        assertThat(TopicFilter.of("a/+")).isNotEqualTo(TopicFilter.of("a/#"));
    }
}
