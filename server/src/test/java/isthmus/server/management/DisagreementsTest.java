package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.server.resources.SteppedClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisagreementsTest {
    private final Map<String, Agreement> groups = new HashMap<>();
    private final SteppedClock clock = new SteppedClock();
    private final Disagreements disagreements = new Disagreements(() -> groups, clock);

    /** For how long groups have differed when one is found so, a while later. */
    private Map<String, Long> secondsAfter(long seconds, String group, Agreement agreement) {
        clock.move(Duration.ofSeconds(seconds));
        groups.put(group, agreement);
        disagreements.look();
        return disagreements.seconds();
    }

    @Test
    void eachGroupDiffersForAsLongAsItWasNotSeenToAgree() {
        assertThat(secondsAfter(0, "GID_A", Agreement.DIFFER)).isEqualTo(Map.of("GID_A", 0L));
        assertThat(secondsAfter(100, "GID_B", Agreement.DIFFER)).isEqualTo(Map.of("GID_A", 100L, "GID_B", 0L));
        assertThat(secondsAfter(10, "GID_A", Agreement.AGREE)).isEqualTo(Map.of("GID_B", 10L));
        assertThat(secondsAfter(10, "GID_A", Agreement.DIFFER)).isEqualTo(Map.of("GID_A", 0L, "GID_B", 20L));
    }

    @Test
    void aMemberThatIsSilentChangesNothingAndOneThatHasLeftEndsIt() {
        assertThat(secondsAfter(0, "GID_A", Agreement.UNKNOWN)).isEmpty();
        secondsAfter(0, "GID_A", Agreement.DIFFER);
        assertThat(secondsAfter(300, "GID_A", Agreement.UNKNOWN)).isEqualTo(Map.of("GID_A", 300L));
        groups.clear();
        disagreements.look();
        assertThat(disagreements.seconds()).isEmpty();
    }
}
