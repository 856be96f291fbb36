package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.routing.TopicCounts;
import isthmus.server.operations.InstanceOperations.TopicActivity;
import isthmus.server.operations.InstanceOperations.TopicSample;
import isthmus.server.resources.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TopicHistoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SteppedClock clock = new SteppedClock();
    private final Instant start = clock.instant();
    private final TopicCounts counts = new TopicCounts();
    private final TopicHistory history = new TopicHistory(counts, clock);

    @Test
    void aTopicThatNobodyAskedForHasItsMinutes() {
        counts.saw("T/a", 2);
        minute();
        minute();
        counts.saw("T/a", 1);
        counts.saw("T/a", 1);
        minute();
        counts.saw("T/a", 0);
        TopicActivity activity = history.activity("T/a");
        assertThat(activity.since()).isEqualTo(start);
        assertThat(activity.in()).isEqualTo(4);
        assertThat(activity.out()).isEqualTo(4);
        assertThat(activity.history())
                .containsExactly(
                        new TopicSample(start.plus(MINUTE), 1, 2),
                        new TopicSample(start.plus(MINUTE.multipliedBy(2)), 0, 0),
                        new TopicSample(start.plus(MINUTE.multipliedBy(3)), 2, 2));
    }

    @Test
    void fifteenMinutesAreKept() {
        for (int i = 1; i <= 20; i++) {
            for (int n = 0; n < i; n++) {
                counts.saw("T/a", 0);
            }
            minute();
        }
        TopicActivity activity = history.activity("T/a");
        assertThat(activity.history())
                .extracting(TopicSample::in)
                .containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
        assertThat(activity.history().get(14).time()).isEqualTo(clock.instant());
    }

    @Test
    void aTopicWithoutMessagesIsForgottenAndOneThatIsAskedForLater() {
        counts.saw("T/a", 1);
        history.activity("T/asked");
        minutes(17);
        assertThat(counts.find("T/a")).isNull();
        assertThat(counts.find("T/asked")).isNotNull();
        minutes(60);
        assertThat(counts.find("T/asked")).isNull();
    }

    @Test
    void aTopicThatIsAskedForIsCountedFromThenOn() {
        minute();
        clock.move(Duration.ofSeconds(10));
        assertThat(history.activity("T/new").since()).isEqualTo(clock.instant());
        counts.saw("T/new", 1);
        assertThat(history.activity("T/new").in()).isEqualTo(1);
    }

    private void minutes(int number) {
        for (int i = 0; i < number; i++) {
            minute();
        }
    }

    private void minute() {
        clock.move(MINUTE);
        history.sample();
    }
}
