package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.operations.Telling;
import isthmus.server.resources.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock begins at midnight. */
class RaisedAlarmsTest {
    private static final AlarmSubject DELAY = AlarmSubject.instance(Item.DELAY);
    private static final Telling ALWAYS = telling("00:00", "23:59", null);
    private static final Telling WORKING_HOURS = telling("08:00", "17:59", null);

    private final RememberedNotices notices = new RememberedNotices();
    private final SteppedClock clock = new SteppedClock();
    private final RaisedAlarms alarms = new RaisedAlarms(notices, clock);

    private static Telling telling(String from, String until, @Nullable Integer everyMinutes) {
        return new Telling(LocalTime.parse(from), LocalTime.parse(until), everyMinutes);
    }

    /** What is posted when it is looked at so many hours later. */
    private List<String> postedAfter(Duration time, long value, Telling telling) {
        notices.posted().clear();
        clock.move(time);
        alarms.update(DELAY, new Reading(value, "seconds", 60L), telling);
        return notices.posted().stream().map(Notice::text).toList();
    }

    private static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }

    @Test
    void whatIsTooMuchIsLoggedAndPostedOnceAndSoIsItsEnd() {
        Instant begin = clock.instant();
        assertThat(postedAfter(hours(0), 60, ALWAYS)).containsExactly("alarm delay raised: 60 seconds (threshold: 60)");
        assertThat(alarms.since(DELAY)).isEqualTo(begin);
        assertThat(alarms.since(Item.DELAY)).isEqualTo(begin);
        assertThat(postedAfter(hours(1), 90, ALWAYS)).isEmpty();
        assertThat(postedAfter(hours(1), 59, ALWAYS)).containsExactly("alarm delay over: 59 seconds (threshold: 60)");
        assertThat(notices.posted()).extracting(Notice::state, Notice::since).containsExactly(tuple("cleared", begin));
        assertThat(alarms.since(DELAY)).isNull();
        assertThat(postedAfter(hours(1), 59, ALWAYS)).isEmpty();
        assertThat(notices.logged()).extracting(Notice::state).containsExactly("raised", "cleared");
    }

    @Test
    void whatIsRaisedAtNightIsLoggedAtOnceAndPostedInTheMorningIfItLasts() {
        assertThat(postedAfter(hours(3), 60, WORKING_HOURS)).isEmpty();
        assertThat(notices.logged()).extracting(Notice::state).containsExactly("raised");
        assertThat(postedAfter(hours(5), 70, WORKING_HOURS))
                .containsExactly("alarm delay raised: 70 seconds (threshold: 60)");
        assertThat(notices.posted().get(0).since()).isEqualTo(clock.instant().minus(hours(5)));
        assertThat(notices.logged()).hasSize(1);
    }

    @Test
    void ofWhatComesAndGoesAtNightNobodyIsTold() {
        assertThat(postedAfter(hours(3), 60, WORKING_HOURS)).isEmpty();
        assertThat(postedAfter(hours(1), 0, WORKING_HOURS)).isEmpty();
        assertThat(postedAfter(hours(5), 0, WORKING_HOURS)).isEmpty();
        assertThat(notices.logged()).extracting(Notice::state).containsExactly("raised", "cleared");
    }

    @Test
    void whoWasToldByDayHearsTheNextMorningThatItWasOverAtNight() {
        assertThat(postedAfter(hours(17), 60, WORKING_HOURS)).hasSize(1);
        assertThat(postedAfter(hours(5), 0, WORKING_HOURS)).isEmpty();
        assertThat(alarms.since(DELAY)).isNull();
        assertThat(postedAfter(hours(10), 1, WORKING_HOURS))
                .containsExactly("alarm delay over: 1 seconds (threshold: 60)");
        assertThat(postedAfter(hours(1), 1, WORKING_HOURS)).isEmpty();
    }

    @Test
    void whatLastsIsPostedAgainAsOftenAsWanted() {
        Telling often = telling("00:00", "23:59", 15);
        assertThat(postedAfter(hours(0), 60, often)).hasSize(1);
        assertThat(postedAfter(Duration.ofSeconds(899), 70, often)).isEmpty();
        assertThat(postedAfter(Duration.ofSeconds(1), 80, often))
                .containsExactly("alarm delay raised: 80 seconds (threshold: 60)");
        assertThat(postedAfter(Duration.ofMinutes(5), 80, often)).isEmpty();
        assertThat(postedAfter(Duration.ofMinutes(10), 80, often)).hasSize(1);
        assertThat(notices.logged()).hasSize(1);
    }

    @Test
    void whatIsNotLookedAfterAnyMoreIsOverAtAnyHour() {
        postedAfter(hours(12), 60, WORKING_HOURS);
        clock.move(hours(10));
        notices.posted().clear();
        alarms.remove(DELAY);
        assertThat(notices.posted())
                .extracting(Notice::text)
                .containsExactly("alarm delay over: it is not looked after now");
        alarms.remove(DELAY);
        assertThat(notices.posted()).hasSize(1);
        assertThat(alarms.subjects()).isEmpty();
    }

    @Test
    void eachSubjectIsToldByItself() {
        AlarmSubject one = new AlarmSubject(Item.DISAGREEMENT, "GID_A", null);
        AlarmSubject another = new AlarmSubject(Item.BACKLOG, "GID_B", "T");
        alarms.update(one, new Reading(1, "seconds", 1L), ALWAYS);
        alarms.update(another, new Reading(1, "messages wait", 1L), ALWAYS);
        assertThat(notices.posted())
                .extracting(Notice::text)
                .containsExactly(
                        "alarm disagreement of group GID_A raised: 1 seconds (threshold: 1)",
                        "alarm backlog of group GID_B in topic T raised: 1 messages wait (threshold: 1)");
        assertThat(alarms.subjects()).containsExactlyInAnyOrder(one, another);
    }

    @ParameterizedTest
    @CsvSource({
        "08:00, 17:59, 07:59:59, false",
        "08:00, 17:59, 08:00:00, true",
        "08:00, 17:59, 17:59:59, true",
        "08:00, 17:59, 18:00:00, false",
        "22:00, 05:59, 21:59:59, false",
        "22:00, 05:59, 22:00:00, true",
        "22:00, 05:59, 05:59:59, true",
        "22:00, 05:59, 06:00:00, false",
        "00:00, 23:59, 23:59:59, true",
    })
    void hoursGoFromTheFirstMinuteThroughTheLast(String from, String until, LocalTime time, boolean told) {
        assertThat(telling(from, until, null).isAt(time)).isEqualTo(told);
    }
}
