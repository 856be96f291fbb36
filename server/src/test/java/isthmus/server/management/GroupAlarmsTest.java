package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.queue.api.admin.GroupDetail;
import isthmus.queue.api.admin.GroupSummary;
import isthmus.queue.api.admin.Groups;
import isthmus.queue.api.admin.OperationException;
import isthmus.server.api.Problem;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.operations.ConsumerGroupOperations.GroupTopic;
import isthmus.server.operations.GroupAlarmOperations.GroupAlarm;
import isthmus.server.operations.GroupAlarmOperations.GroupAlarmRule;
import isthmus.server.resources.RecordsInMemory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupAlarmsTest {
    private static final GroupTopic PLACE = new GroupTopic("GID_A", "T");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final RecordsInMemory store = new RecordsInMemory();
    private final WaitingOnly groups = new WaitingOnly();
    private final RememberedNotices remembered = new RememberedNotices();
    private final List<Notice> notices = remembered.posted();
    private final GroupAlarms alarms = open();

    private GroupAlarms open() {
        return new GroupAlarms(groups, store, remembered, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static GroupAlarmRule backlog(long threshold) {
        return rule(threshold, null, false, true);
    }

    private static GroupAlarmRule rule(
            @Nullable Long backlog, @Nullable Long delay, boolean onlineOnly, boolean enabled) {
        return new GroupAlarmRule(backlog, delay, onlineOnly, enabled, LocalTime.MIN, LocalTime.of(23, 59), null);
    }

    private List<String> told() {
        List<String> texts = notices.stream().map(Notice::text).toList();
        notices.clear();
        return texts;
    }

    @Test
    void aBacklogIsToldOnceWhenItIsTooLargeAndOnceWhenItIsOver() {
        groups.put(PLACE, new Groups.Waiting(true, 9, 0));
        assertThat(alarms.set(PLACE, backlog(10)).backlogRaised()).isNull();
        assertThat(notices).isEmpty();

        groups.put(PLACE, new Groups.Waiting(true, 10, 0));
        alarms.check();
        alarms.check();
        assertThat(notices)
                .containsExactly(new Notice(
                        "raised",
                        Item.BACKLOG,
                        "GID_A",
                        "T",
                        NOW,
                        "alarm backlog of group GID_A in topic T raised: 10 messages wait (threshold: 10)",
                        NOW));
        notices.clear();
        GroupAlarm alarm = alarms.list(null, "", 10).get(0);
        assertThat(alarm.backlog()).isEqualTo(10);
        assertThat(alarm.backlogRaised()).isEqualTo(NOW);
        assertThat(alarm.delayRaised()).isNull();

        groups.put(PLACE, new Groups.Waiting(true, 3, 0));
        alarms.check();
        alarms.check();
        assertThat(told())
                .containsExactly("alarm backlog of group GID_A in topic T over: 3 messages wait (threshold: 10)");
    }

    @Test
    void aDelayIsRaisedByItself() {
        groups.put(PLACE, new Groups.Waiting(true, 1, 59_999));
        alarms.set(PLACE, rule(100L, 60L, false, true));
        assertThat(notices).isEmpty();

        groups.put(PLACE, new Groups.Waiting(true, 1, 60_000));
        alarms.check();
        assertThat(notices).extracting(Notice::item).containsExactly(Item.DELAY);
        assertThat(told()).containsExactly("alarm delay of group GID_A in topic T raised: 60 seconds (threshold: 60)");
        assertThat(alarms.list(null, "", 10).get(0).delay()).isEqualTo(60);
    }

    @Test
    void aGroupThatIsOfflineIsLookedAfterUnlessTheRuleSaysOtherwise() {
        groups.put(PLACE, new Groups.Waiting(false, 10, 0));
        alarms.set(PLACE, rule(10L, null, true, true));
        assertThat(notices).isEmpty();
        alarms.set(PLACE, backlog(10));
        assertThat(notices).extracting(Notice::state).containsExactly("raised");
    }

    @Test
    void whatIsRaisedIsOverWhenItsAlarmIsSwitchedOffChangedOrDeleted() {
        groups.put(PLACE, new Groups.Waiting(true, 10, 0));
        alarms.set(PLACE, backlog(10));
        alarms.set(PLACE, rule(10L, null, false, false));
        assertThat(notices).extracting(Notice::state).containsExactly("raised", "cleared");
        alarms.set(PLACE, backlog(10));
        alarms.set(PLACE, backlog(11));
        alarms.set(PLACE, backlog(5));
        assertThat(notices)
                .extracting(Notice::state)
                .containsExactly("raised", "cleared", "raised", "cleared", "raised");
        notices.clear();
        alarms.delete(PLACE);
        assertThat(told()).containsExactly("alarm backlog of group GID_A in topic T over: it is not looked after now");
        assertThat(alarms.list(null, "", 10)).isEmpty();
        assertThatThrownBy(() -> alarms.delete(PLACE)).isInstanceOf(Problem.class);
    }

    @Test
    void forAGroupThatIsNoMoreNothingWaits() {
        groups.put(PLACE, new Groups.Waiting(true, 10, 0));
        alarms.set(PLACE, backlog(10));
        groups.places.clear();
        alarms.check();
        assertThat(notices).extracting(Notice::state).containsExactly("raised", "cleared");
        assertThat(alarms.list(null, "", 10)).hasSize(1);
        assertThatThrownBy(() -> alarms.set(new GroupTopic("GID_None", "T"), backlog(10)))
                .isInstanceOf(OperationException.class);
    }

    @Test
    void rulesAreKeptOverARestartAndWhatIsTooMuchIsToldAgain() {
        groups.put(PLACE, new Groups.Waiting(true, 10, 0));
        alarms.set(PLACE, backlog(10));
        notices.clear();
        GroupAlarms again = open();
        again.check();
        assertThat(notices).extracting(Notice::state).containsExactly("raised");
        again.delete(PLACE);
        assertThat(open().list(null, "", 10)).isEmpty();
    }

    @Test
    void theyAreListedByGroupAndTopicPageByPage() {
        List<GroupTopic> places = List.of(
                new GroupTopic("GID_A", "T"),
                new GroupTopic("GID_A", "U"),
                new GroupTopic("GID_A-B", "S"),
                new GroupTopic("GID_B", "A"));
        for (GroupTopic place : places) {
            groups.put(place, new Groups.Waiting(true, 0, 0));
            alarms.set(place, backlog(10));
        }
        assertThat(alarms.list(null, "", 10))
                .extracting(GroupAlarms::keyOf)
                .containsExactly("GID_A T", "GID_A U", "GID_A-B S", "GID_B A");
        assertThat(alarms.list(null, "GID_A U", 1))
                .extracting(GroupAlarms::keyOf)
                .containsExactly("GID_A-B S");
        assertThat(alarms.list("GID_A", "", 10)).extracting(GroupAlarms::keyOf).containsExactly("GID_A T", "GID_A U");
        assertThat(alarms.list("GID_A", "GID_A T", 10))
                .extracting(GroupAlarms::keyOf)
                .containsExactly("GID_A U");
    }

    @Test
    void thereIsABoundThatChangesDoNotCountAgainst() {
        for (int i = 0; i < 1000; i++) {
            GroupTopic place = new GroupTopic("GID_" + i, "T");
            groups.put(place, new Groups.Waiting(true, 0, 0));
            alarms.set(place, backlog(10));
        }
        groups.put(PLACE, new Groups.Waiting(true, 0, 0));
        assertThatThrownBy(() -> alarms.set(PLACE, backlog(10)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("1000");
        assertThat(alarms.set(new GroupTopic("GID_7", "T"), backlog(20)).backlogThreshold())
                .isEqualTo(20);
    }

    /** Knows what waits, and nothing else. */
    private static final class WaitingOnly implements Groups {
        private final Map<GroupTopic, Waiting> places = new HashMap<>();

        void put(GroupTopic place, Waiting waiting) {
            places.put(place, waiting);
        }

        @Override
        public Waiting waiting(String group, String topic) {
            Waiting waiting = places.get(new GroupTopic(group, topic));
            if (waiting == null) {
                throw new OperationException(
                        OperationException.Reason.NOT_FOUND, "group", "There is no group " + group + ".");
            }
            return waiting;
        }

        @Override
        public List<GroupSummary> list() {
            throw new UnsupportedOperationException();
        }

        @Override
        public GroupDetail detail(String group) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, GroupDetail.Agreement> agreements() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void allowConsuming(String group, boolean allowed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TimeSpan resettable(String topic) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<QueueReset> resetToLatest(String group, String topic) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<QueueReset> resetToTime(String group, String topic, long millis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DirectConsumption consumeDirectly(String group, String clientId, String topic, String messageId) {
            throw new UnsupportedOperationException();
        }
    }
}
