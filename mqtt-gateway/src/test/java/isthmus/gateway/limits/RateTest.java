package isthmus.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTest {
    private static final long SECOND = 1_000_000_000L;

    /** The clock of {@link System#nanoTime} may be close to its overflow. */
    private long now = Long.MAX_VALUE - SECOND;

    private final Rate rate = new Rate(10, now);

    private int passing(int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += rate.tryPass(now) ? 1 : 0;
        }
        return passed;
    }

    @Test
    void aSecondsWorthMayComeAtOnceAndThenAsManyAsTimePasses() {
        assertThat(passing(15)).isEqualTo(10);
        now += SECOND / 2;
        assertThat(passing(15)).isEqualTo(5);
        now += SECOND / 10;
        assertThat(passing(15)).isEqualTo(1);
    }

    @Test
    void whoStaysAwayGathersNoMoreThanASecondsWorth() {
        now += 100 * SECOND;
        assertThat(rate.isFull(now)).isTrue();
        assertThat(passing(100)).isEqualTo(10);
        assertThat(rate.isFull(now)).isFalse();
    }
}
