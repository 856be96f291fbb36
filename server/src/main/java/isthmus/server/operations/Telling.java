package isthmus.server.operations;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When those to whom an alarm is posted are told.
 *
 * @param from the first minute of the day in which they are
 * @param until the last one; before {@code from}, the hours go over midnight
 * @param everyMinutes after so many they are told again, as long as it is raised; null: they are told once
 */
public record Telling(LocalTime from, LocalTime until, @Nullable Integer everyMinutes) {
    /** Refuses hours that begin and end in the same minute: the whole day may be meant, or none of it. */
    static void requireHours(LocalTime tellFrom, LocalTime tellUntil) {
        if (tellFrom.equals(tellUntil)) {
            throw new IllegalArgumentException("tellUntil: " + tellUntil
                    + ", as tellFrom (expected: another time; 00:00 and 23:59 are the whole day)");
        }
    }

    /** Whether this is a time of day in which they are told. */
    public boolean isAt(LocalTime time) {
        LocalTime minute = time.truncatedTo(ChronoUnit.MINUTES);
        boolean begun = !minute.isBefore(from);
        boolean goesOn = !minute.isAfter(until);
        return from.isBefore(until) ? begun && goesOn : begun || goesOn;
    }
}
