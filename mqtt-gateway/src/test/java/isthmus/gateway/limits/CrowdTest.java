package isthmus.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private final List<String> turnedAway = new ArrayList<>();
    private final Crowd<String> crowd = new Crowd<>(2, turnedAway::add);

    @Test
    void theOneThatHasWaitedLongestMakesRoom() {
        crowd.enter("a");
        long b = crowd.enter("b");
        crowd.enter("c");
        assertThat(turnedAway).containsExactly("a");
        crowd.leave(b);
        crowd.enter("d");
        assertThat(turnedAway).containsExactly("a");
        crowd.enter("e");
        assertThat(turnedAway).containsExactly("a", "c");
        assertThat(crowd.size()).isEqualTo(2);
    }

    @Test
    void whoWasTurnedAwayMayLeaveToo() {
        long a = crowd.enter("a");
        crowd.enter("b");
        crowd.enter("c");
        crowd.leave(a);
        assertThat(crowd.size()).isEqualTo(2);
    }
}
