package isthmus.queue.embedded.admin;

import java.util.Arrays;

/** Counts per minute, of the minutes that have any. Oldest first. Used under the lock of {@link SampleTable}. */
final class MinuteCounts {
    private int[] minutes = new int[8];
    private int[] counts = new int[8];
    private int size;

    /** @param minute not before the last one added */
    void add(int minute, long count) {
        if (size > 0 && minutes[size - 1] >= minute) {
            counts[size - 1] = (int) Math.min(Integer.MAX_VALUE, counts[size - 1] + count);
            return;
        }
        if (size == minutes.length) {
            minutes = Arrays.copyOf(minutes, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        minutes[size] = minute;
        counts[size] = (int) Math.min(Integer.MAX_VALUE, count);
        size++;
    }

    /** In minutes from {@code from} on and before {@code to}. */
    long sum(int from, int to) {
        int found = Arrays.binarySearch(minutes, 0, size, from);
        long sum = 0;
        for (int i = found < 0 ? -found - 1 : found; i < size && minutes[i] < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    void forgetBefore(int minute) {
        int found = Arrays.binarySearch(minutes, 0, size, minute);
        int gone = found < 0 ? -found - 1 : found;
        if (gone > 0) {
            minutes = Arrays.copyOfRange(minutes, gone, Math.max(size, gone + 8));
            counts = Arrays.copyOfRange(counts, gone, gone + minutes.length);
            size -= gone;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }
}
