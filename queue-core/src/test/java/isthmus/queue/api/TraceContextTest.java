package isthmus.queue.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String IDS = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";
    private static final String VALID = "00" + IDS + "01";

    private static TraceContext of(String parent, String... states) {
        return TraceContext.ofHeaders(List.of(parent), List.of(states));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00" + IDS + "00", VALID, "00" + IDS + "ff"})
    void aValidParentIsPassedOnAsItIs(String parent) {
        assertThat(of(parent)).isEqualTo(new TraceContext(parent, ""));
        assertThat(of(" " + parent + "\t")).isEqualTo(new TraceContext(parent, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00" + IDS,
                "00" + IDS + "1",
                "00" + IDS + "0g",
                "00" + IDS + "01-more",
                "0" + IDS + "01",
                "ff" + IDS + "01",
                "01" + IDS + "01.more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"
            })
    void anInvalidParentIsNoTrace(String parent) {
        assertThat(of(parent, "a=1")).isNull();
    }

    @Test
    void noneOrTwoParentsAreNoTrace() {
        assertThat(TraceContext.ofHeaders(List.of(), List.of("a=1"))).isNull();
        assertThat(TraceContext.ofHeaders(List.of(VALID, VALID), List.of())).isNull();
    }

    @Test
    void ofAVersionThatIsNotKnownOnlyWhatIsKnownIsPassedOn() {
        assertThat(of("01" + IDS + "03")).isEqualTo(new TraceContext(VALID, ""));
        assertThat(of("cc" + IDS + "02-what-may-come")).isEqualTo(new TraceContext("00" + IDS + "00", ""));
    }

    @Test
    void severalStatesBecomeOne() {
        assertThat(of(VALID, "a=1, b@c=x y", "", "d=<>").state()).isEqualTo("a=1, b@c=x y,,d=<>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "=1", "A=1", "a=1=2", "a=1,b", "a=\u0001", "a=\u00e9", "a@=1", "a@b@c=1"})
    void anInvalidStateIsLeftOut(String state) {
        assertThat(of(VALID, state)).isEqualTo(new TraceContext(VALID, ""));
    }

    @Test
    void aStateThatIsTooLongIsLeftOut() {
        String longest = "a=" + "1".repeat(255) + ",b=" + "2".repeat(252);
        assertThat(longest).hasSize(512);
        assertThat(of(VALID, longest).state()).isEqualTo(longest);
        assertThat(of(VALID, longest + "2").state()).isEmpty();

        String most = IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
        assertThat(of(VALID, most).state()).isEqualTo(most);
        assertThat(of(VALID, most + ",k=v").state()).isEmpty();
    }

    @Test
    void itIsStoredUnderTheNamesOfItsHeaders() {
        assertThat(stored(new TraceContext(VALID, "a=1"))).hasToString("traceparent=" + VALID + " tracestate=a=1 ");
        assertThat(stored(new TraceContext(VALID, ""))).hasToString("traceparent=" + VALID + " ");
    }

    private static MessageProperties stored(TraceContext trace) {
        MessageProperties.Builder properties = MessageProperties.builder();
        trace.addTo(properties);
        return properties.build();
    }
}
