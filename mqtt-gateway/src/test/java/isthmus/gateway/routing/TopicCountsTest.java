package isthmus.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicCountsTest {
    private final TopicCounts counts = new TopicCounts();

    @Test
    void aTopicIsCountedFromItsFirstMessageOn() {
        counts.saw("T/a", 3);
        counts.saw("T/a", 0);
        counts.saw("T/b", 1);
        TopicCounts.Count count = counts.find("T/a");
        assertThat(count).isNotNull();
        assertThat(count.in()).isEqualTo(2);
        assertThat(count.out()).isEqualTo(3);
    }

    @Test
    void whatStrangersMakeItCountIsBounded() {
        for (int i = 0; i < 2 * TopicCounts.MOST; i++) {
            counts.saw("T/" + i, 1);
        }
        assertThat(counts.find("T/" + (TopicCounts.MOST - 1))).isNotNull();
        assertThat(counts.find("T/" + TopicCounts.MOST)).isNull();
    }

    @Test
    void aLongTopicIsCountedOnlyWhenSomebodyAsked() {
        String longest = "x".repeat(TopicCounts.LONGEST);
        counts.saw(longest, 1);
        counts.saw(longest + "x", 1);
        assertThat(counts.find(longest)).isNotNull();
        assertThat(counts.find(longest + "x")).isNull();
        TopicCounts.Count count = counts.begin(longest + "x");
        assertThat(count).isNotNull();
        counts.saw(longest + "x", 1);
        assertThat(count.in()).isEqualTo(1);
    }

    @Test
    void whoAsksIsCountedBesideTheOthersAndBoundedToo() {
        for (int i = 0; i < TopicCounts.MOST; i++) {
            counts.saw("T/" + i, 1);
        }
        for (int i = 0; i < TopicCounts.MOST_ASKED; i++) {
            assertThat(counts.begin("asked/" + i)).isNotNull();
        }
        assertThat(counts.begin("asked/one-more")).isNull();
        counts.forget("asked/0");
        assertThat(counts.begin("asked/one-more")).isNotNull();
    }
}
