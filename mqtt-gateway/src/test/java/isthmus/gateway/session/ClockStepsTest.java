package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.harness.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
    private final SettableClock clock = new SettableClock();
    private long nanos;
    private final ClockSteps steps = new ClockSteps(clock, () -> nanos);

    @Test
    void timeThatPassesIsNoStep() {
        pass(Duration.ofDays(400));
        assertThat(steps.next()).isZero();
    }

    @Test
    void aClockThatIsSetIsOneStepForwardOrBack() {
        clock.move(Duration.ofDays(3650));
        pass(Duration.ofSeconds(30));
        assertThat(steps.next()).isEqualTo(Duration.ofDays(3650).toMillis());
        assertThat(steps.next()).isZero();
        clock.move(Duration.ofDays(-7));
        assertThat(steps.next()).isEqualTo(Duration.ofDays(-7).toMillis());
    }

    @Test
    void smallCorrectionsCountWhenTheyAddUp() {
        for (int i = 0; i < 59; i++) {
            clock.move(Duration.ofSeconds(1));
            assertThat(steps.next()).isZero();
        }
        clock.move(Duration.ofSeconds(1));
        assertThat(steps.next()).isEqualTo(60_000);
    }

    private void pass(Duration time) {
        clock.move(time);
        nanos += time.toNanos();
    }
}
