package isthmus.server.management;

import org.jspecify.annotations.Nullable;

/**
 * How much there is of something.
 *
 * @param unit what is counted
 * @param threshold from which on it is too much; null: nothing is
 */
record Reading(long value, String unit, @Nullable Long threshold) {
    boolean isTooMuch() {
        return threshold != null && value >= threshold;
    }

    @Override
    public String toString() {
        return threshold == null
                ? "it is not looked after now"
                : value + " " + unit + " (threshold: " + threshold + ")";
    }
}
