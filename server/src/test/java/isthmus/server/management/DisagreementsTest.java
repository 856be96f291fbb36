package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.server.operations.AlarmOperations.AlarmRule;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.resources.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisagreementsTest {
    private static final AlarmRule RULE = new AlarmRule(300, true);
    private static final AlarmRule OFF = new AlarmRule(300, false);
    private static final String RAISED =
            "alarm disagreement of group GID_A raised: its members have not subscribed alike for 300 seconds (threshold: 300)";
    private static final String OVER = "alarm disagreement of group GID_A over: its members subscribe alike";

    private final Map<String, Agreement> groups = new HashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private final SteppedClock clock = new SteppedClock();
    private final Disagreements disagreements = new Disagreements(() -> groups, notices::add, clock);

    /** What is told when one group is found so, a while later. */
    private List<String> toldAfter(long seconds, Agreement agreement, AlarmRule rule) {
        notices.clear();
        clock.move(Duration.ofSeconds(seconds));
        groups.put("GID_A", agreement);
        disagreements.look();
        disagreements.check(rule);
        return notices.stream().map(Notice::text).toList();
    }

    @Test
    void aDisagreementIsToldOnceWhenItHasLastedAndOnceWhenItIsOver() {
        assertThat(toldAfter(0, Agreement.DIFFER, RULE)).isEmpty();
        assertThat(toldAfter(299, Agreement.DIFFER, RULE)).isEmpty();
        assertThat(disagreements.longestSeconds()).isEqualTo(299);
        assertThat(disagreements.raised()).isNull();
        assertThat(toldAfter(1, Agreement.DIFFER, RULE)).containsExactly(RAISED);
        assertThat(notices.get(0))
                .isEqualTo(new Notice("raised", Item.DISAGREEMENT, "GID_A", null, RAISED, clock.instant()));
        assertThat(disagreements.raised()).isEqualTo(clock.instant());
        assertThat(toldAfter(10, Agreement.DIFFER, RULE)).isEmpty();
        assertThat(toldAfter(10, Agreement.AGREE, RULE)).containsExactly(OVER);
        assertThat(toldAfter(10, Agreement.AGREE, RULE)).isEmpty();
        assertThat(disagreements.longestSeconds()).isZero();
    }

    @Test
    void aGroupThatAgreesInBetweenBeginsAnew() {
        toldAfter(0, Agreement.DIFFER, RULE);
        toldAfter(200, Agreement.AGREE, RULE);
        toldAfter(10, Agreement.DIFFER, RULE);
        assertThat(toldAfter(200, Agreement.DIFFER, RULE)).isEmpty();
        assertThat(toldAfter(100, Agreement.DIFFER, RULE)).hasSize(1);
    }

    @Test
    void aMemberThatIsSilentChangesNothingAndOneThatHasLeftEndsIt() {
        assertThat(toldAfter(0, Agreement.UNKNOWN, RULE)).isEmpty();
        toldAfter(0, Agreement.DIFFER, RULE);
        assertThat(toldAfter(300, Agreement.UNKNOWN, RULE)).containsExactly(RAISED);
        notices.clear();
        groups.clear();
        disagreements.look();
        disagreements.check(RULE);
        assertThat(notices).extracting(Notice::text).containsExactly(OVER);
    }

    @Test
    void itIsOverWhenItIsNotLookedAfterAnyMore() {
        toldAfter(0, Agreement.DIFFER, RULE);
        toldAfter(300, Agreement.DIFFER, RULE);
        assertThat(toldAfter(0, Agreement.DIFFER, OFF))
                .containsExactly("alarm disagreement of group GID_A over: it is not looked after now");
        assertThat(toldAfter(100, Agreement.DIFFER, OFF)).isEmpty();
        assertThat(toldAfter(0, Agreement.DIFFER, RULE)).hasSize(1);
    }
}
