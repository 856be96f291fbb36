package isthmus.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FeedDelayTest {
    private long end = 1_000;
    private long fed = 1_000;
    private long nanos;
    private final FeedDelay delay = new FeedDelay(() -> end, () -> end - fed, () -> nanos);

    private long after(int seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        return delay.seconds();
    }

    @Test
    void aLogThatNobodyWritesToKeepsNobodyWaiting() {
        assertThat(after(100)).isZero();
    }

    @Test
    void aFeedThatIsAlwaysALittleBehindALogThatGrowsIsNotLate() {
        for (int i = 0; i < 20; i++) {
            end += 1_000;
            fed = end - 10;
            assertThat(after(10)).isZero();
        }
    }

    @Test
    void aFeedThatHasStoppedIsLaterAndLaterUntilItHasPassedWhatWasThere() {
        end = 2_000;
        assertThat(after(10)).isZero();
        assertThat(after(10)).isEqualTo(10);
        end = 9_000;
        fed = 1_999;
        assertThat(after(25)).isEqualTo(35);
        fed = 2_000;
        assertThat(after(5)).as("since 9,000 was seen").isEqualTo(5);
        fed = 9_000;
        assertThat(after(5)).isZero();
    }

    @Test
    void aFeedThatIsAlwaysAsLateIsNeverSaidToHaveCaughtUp() {
        for (int second = 0; second < 100_000; second++) {
            end += 1_000;
            fed = Math.max(1_000, end - 90_000);
            assertThat(after(1)).isBetween(Math.min(second, 90) - 3L, 90L);
        }
    }

    @Test
    void aFeedThatIsHoursLateIsMeasuredToAFewPercent() {
        int late = 20_000;
        for (int second = 0; second < 3 * late; second++) {
            end += 1_000;
            fed = Math.max(1_000, end - late * 1_000L);
            assertThat(after(1)).isBetween(Math.min(second, late) * 97L / 100 - 2, (long) late);
        }
    }
}
