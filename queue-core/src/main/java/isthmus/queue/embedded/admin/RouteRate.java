package isthmus.queue.embedded.admin;

/** Counts what a route copies and how many of that in the last minute. One thread writes, any reads. */
final class RouteRate {
    private static final int SECONDS = 60;

    private final long[] counts = new long[SECONDS]; // under this
    private final long startedSecond;
    private long second; // under this
    private long total; // under this
    private long lastMillis; // under this

    RouteRate(long nowMillis) {
        this.startedSecond = nowMillis / 1000;
        this.second = startedSecond;
    }

    synchronized void add(int copied, long nowMillis) {
        advance(nowMillis / 1000);
        counts[(int) (second % SECONDS)] += copied;
        total += copied;
        lastMillis = nowMillis;
    }

    private void advance(long now) {
        long gone = Math.min(SECONDS, now - second);
        for (long i = 1; i <= gone; i++) {
            counts[(int) ((second + i) % SECONDS)] = 0;
        }
        second = Math.max(second, now);
    }

    synchronized double perSecond(long nowMillis) {
        advance(nowMillis / 1000);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum / (double) Math.max(1, Math.min(SECONDS, second - startedSecond));
    }

    synchronized long total() {
        return total;
    }

    synchronized long lastMillis() {
        return lastMillis;
    }
}
