package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpPaceTest {
    private static final int PAGE = 64;
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private double load;
    private double machineLoad;
    private final CatchUpPace pace = new CatchUpPace(() -> now, () -> load, () -> machineLoad);

    @Test
    void aBusyServerBringsItDownToTenThousandMessagesASecond() {
        load = 0.98;
        messagesIn(3);
        assertThat(messagesIn(10) / 10).isBetween(9_900L, 10_100L);
    }

    @Test
    void soDoesAMachineThatIsBusyWithSomethingElse() {
        machineLoad = 0.95;
        messagesIn(3);
        assertThat(messagesIn(10) / 10).isBetween(9_900L, 10_100L);
    }

    @Test
    void itGoesUpAgainWithinSecondsWhenThereIsRoom() {
        load = 0.98;
        messagesIn(3);
        load = 0.2;
        messagesIn(5);
        assertThat(messagesIn(1)).isGreaterThan(200_000L);
    }

    @Test
    void twoSessionsShareIt() {
        load = 0.98;
        messagesIn(3);
        long first = pace.delayFor(PAGE);
        assertThat(pace.delayFor(PAGE)).isGreaterThan(first + SECOND / 200);
    }

    @Test
    void aLoadThatIsNotKnownSlowsNobodyDown() {
        load = -1;
        machineLoad = -1;
        messagesIn(5);
        assertThat(messagesIn(1)).isGreaterThan(200_000L);
    }

    @Test
    void onlyWhoIsFarBehindIsHeldUp() {
        assertThat(CatchUpPace.isFar(0, 100_000_000)).isFalse();
        assertThat(CatchUpPace.isFar(0, 200_000_000)).isTrue();
    }

    @Test
    void aPageThatTakesLongIsMadeUpForByTheNext() {
        load = 0.98;
        messagesIn(3);
        long begun = now;
        for (int page = 1; page <= 1_000; page++) {
            boolean late = page % 4 == 0;
            now += pace.delayFor(PAGE) + (late ? SECOND / 50 : 0);
        }
        assertThat(1_000L * PAGE * SECOND / (now - begun)).isBetween(9_500L, 10_500L);
    }

    @Test
    void whoComesAfterALongPauseMayNotMakeUpForAllOfIt() {
        load = 0.98;
        messagesIn(3);
        now += 60 * SECOND;
        assertThat(messagesIn(1)).isLessThan(13_000L);
    }

    /** What one session may read in so many seconds, when reading takes no time. */
    private long messagesIn(int seconds) {
        long end = now + seconds * SECOND;
        long messages = 0;
        while (now < end) {
            now += pace.delayFor(PAGE) + 1;
            messages += PAGE;
        }
        return messages;
    }
}
