package isthmus.server.management;

import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.operations.Telling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms are raised, and what was told of it. The log is told at once; those to whom alarms are posted hear in their hours
 * what is raised then, are reminded, and hear when it is over. What came and went outside these hours they do not hear of.
 * Nothing is stored, so that a start tells again what is raised. Guarded by who has it.
 */
final class RaisedAlarms {
    static final String RAISED = "raised";
    static final String CLEARED = "cleared";

    private final AlarmNotices notices;
    private final Clock clock;
    private final Map<AlarmSubject, State> states = new HashMap<>();

    /** Of what is raised, and of what is over but was not told to be. */
    private static final class State {
        private Instant since;
        private boolean raised;
        private @Nullable Instant posted;

        State(Instant since) {
            this.since = since;
        }
    }

    /** @param clock in the time zone whose hours count */
    RaisedAlarms(AlarmNotices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** What there is now. */
    void update(AlarmSubject subject, Reading reading, Telling telling) {
        State state = turn(subject, reading);
        if (state == null) {
            return;
        }
        boolean heard = telling.isAt(LocalTime.ofInstant(clock.instant(), clock.getZone()));
        if (!state.raised && (heard || state.posted == null)) {
            clear(subject, state, reading);
        } else if (state.raised && heard && isDue(state, telling)) {
            state.posted = clock.instant();
            notices.post(notice(subject, state, reading));
        }
    }

    /** It is not looked after any more: who was told of it hears so at any hour. */
    void remove(AlarmSubject subject) {
        Reading none = new Reading(0, "", null);
        State state = turn(subject, none);
        if (state != null) {
            clear(subject, state, none);
        }
    }

    /** Raises it or ends it; null when there is nothing to tell of it. */
    private @Nullable State turn(AlarmSubject subject, Reading reading) {
        boolean over = reading.isTooMuch();
        State state = over ? states.computeIfAbsent(subject, added -> new State(clock.instant())) : states.get(subject);
        if (state != null && over != state.raised) {
            state.raised = over;
            state.since = over ? clock.instant() : state.since;
            notices.log(notice(subject, state, reading));
        }
        return state;
    }

    private boolean isDue(State state, Telling telling) {
        Integer minutes = telling.everyMinutes();
        return state.posted == null
                || (minutes != null && !clock.instant().isBefore(state.posted.plus(Duration.ofMinutes(minutes))));
    }

    private void clear(AlarmSubject subject, State state, Reading reading) {
        states.remove(subject);
        if (state.posted != null) {
            notices.post(notice(subject, state, reading));
        }
    }

    private Notice notice(AlarmSubject subject, State state, Reading reading) {
        String text = "alarm " + subject + (state.raised ? " raised: " : " over: ") + reading;
        return new Notice(
                state.raised ? RAISED : CLEARED,
                subject.item(),
                subject.group(),
                subject.topic(),
                state.since,
                text,
                clock.instant());
    }

    /** What an item has to be looked at again for, so that it ends. */
    List<AlarmSubject> subjects() {
        return List.copyOf(states.keySet());
    }

    /** Since when it is raised; null when it is not. */
    @Nullable
    Instant since(AlarmSubject subject) {
        State state = states.get(subject);
        return state != null && state.raised ? state.since : null;
    }

    /** Since when an item is raised, whatever it is about; null when it is not. */
    @Nullable
    Instant since(Item item) {
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().item() == item && entry.getValue().raised)
                .map(entry -> entry.getValue().since)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
