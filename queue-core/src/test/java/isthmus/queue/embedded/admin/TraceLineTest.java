package isthmus.queue.embedded.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Anybody who may send can write into the topics of traces. */
class TraceLineTest {
    @Test
    void linesAndFieldsAreTakenApart() {
        List<TraceLine> lines = TraceLine.parse("Pub\u00017\u0001\u0001true\u0002SubAfter\u0001x\u0002");
        assertThat(lines.get(0).type()).isEqualTo("Pub");
        assertThat(lines.get(0).number(1)).isEqualTo(7);
        assertThat(lines.get(0).text(2)).isEmpty();
        assertThat(lines.get(0).isTrue(3)).isTrue();
        assertThat(lines.get(1).text(1)).isEqualTo("x");
    }

    @Test
    void whatIsMissingOrDamagedReadsAsNothing() {
        TraceLine line = TraceLine.parse("Pub\u0001soon").get(0);
        assertThat(line.number(1)).isZero();
        assertThat(line.number(9)).isZero();
        assertThat(line.text(9)).isEmpty();
        assertThat(line.isTrue(9)).isFalse();
        assertThat(TraceLine.parse("").get(0).type()).isEmpty();
    }
}
