package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import isthmus.queue.api.TraceContext;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class NewTracesTest {
    private static LongSupplier numbers(long... numbers) {
        int[] next = {0};
        return () -> numbers[next[0]++];
    }

    @Test
    void aTraceIsWrittenAsTheW3cSays() {
        NewTraces traces = new NewTraces(1, numbers(0x00f067aa0ba902b7L, 0x0123456789abcdefL, 0xfedcba9876543210L));
        assertThat(traces.begin())
                .isEqualTo(new TraceContext("00-0123456789abcdef00f067aa0ba902b7-fedcba9876543210-01", ""));
    }

    @Test
    void anIdIsNeverZero() {
        assertThat(new NewTraces(1, numbers(0, 1, 0, 0, 0, 2)).begin().parent())
                .isEqualTo("00-00000000000000000000000000000001-0000000000000002-01");
    }

    @Test
    void everyTraceIsAnotherAndCanBeReadAgain() {
        NewTraces traces = new NewTraces(1, new Random(7)::nextLong);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            TraceContext trace = traces.begin();
            assertThat(seen.add(trace.parent())).isTrue();
            assertThat(TraceContext.ofHeaders(List.of(trace.parent()), List.of()))
                    .isEqualTo(trace);
        }
    }

    @Test
    void oneInAsManyAsWasSaidIsSampled() {
        assertThat(sampledOf(100_000, 1)).isEqualTo(100_000);
        assertThat(sampledOf(100_000, 0)).isZero();
        assertThat(sampledOf(100_000, 10)).isCloseTo(10_000, within(500));
    }

    /** OpenTelemetry compares the absolute value of the trace id's second half with the share of the largest long. */
    @Test
    void theTraceIdDecidesAsInOpenTelemetry() {
        long bound = Long.MAX_VALUE / 4;
        assertThat(isSampled(4, bound - 1)).isTrue();
        assertThat(isSampled(4, bound)).isFalse();
        assertThat(isSampled(4, 1 - bound)).isTrue();
        assertThat(isSampled(4, -bound)).isFalse();
        assertThat(isSampled(0, Long.MIN_VALUE)).isFalse();
        assertThat(isSampled(1, Long.MAX_VALUE)).isTrue();
    }

    private static boolean isSampled(int oneIn, long low) {
        return isSampled(new NewTraces(oneIn, numbers(low, 1, 1)));
    }

    private static boolean isSampled(NewTraces traces) {
        return traces.begin().parent().endsWith("-01");
    }

    private static int sampledOf(int count, int oneIn) {
        NewTraces traces = new NewTraces(oneIn, new Random(7)::nextLong);
        int sampled = 0;
        for (int i = 0; i < count; i++) {
            sampled += isSampled(traces) ? 1 : 0;
        }
        return sampled;
    }
}
