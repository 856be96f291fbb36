package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicSetTest {
    private static String match(TopicSet topics, String name) {
        byte[] bytes = ("##" + name + "##").getBytes(StandardCharsets.UTF_8);
        return topics.match(ByteBuffer.wrap(bytes), 2, bytes.length - 4);
    }

    @Test
    void findsEachTopicAndGivesItsOwnString() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            names.add("topic_" + i);
        }
        TopicSet topics = new TopicSet(names);
        assertThat(names).allMatch(name -> match(topics, new String(name)) == name);
        assertThat(match(topics, "topic_500")).isNull();
        assertThat(match(topics, "topic_")).isNull();
        assertThat(match(topics, "")).isNull();
    }

    @Test
    void namesWithOneHashAreToldApart() {
        TopicSet topics = new TopicSet(Set.of("Aa", "C"));
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(match(topics, "BB")).isNull();
        assertThat(match(new TopicSet(Set.of("Aa", "BB")), "BB")).isEqualTo("BB");
    }

    @Test
    void anEmptySetMatchesNothing() {
        assertThat(match(new TopicSet(Set.of()), "x")).isNull();
    }

    @Test
    void bytesBeyondAsciiMatchNothing() {
        assertThat(match(new TopicSet(Set.of("a")), "ä")).isNull();
    }
}
