package isthmus.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import isthmus.conformance.bench.load.SignOn;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
    private static final long PID = ProcessHandle.current().pid();

    @Test
    void eachPeerHasWhatIsSaidBehindIt() {
        BenchOptions options = parse("throughput --against One=127.0.0.1:1884 --pid " + PID + " --user u --password p"
                + " --against 127.0.0.1:1885 --pid " + PID + " --pid " + PID
                + " --user v --password q --client-ids c-");

        assertThat(options.scenarios()).containsExactly("throughput");
        assertThat(options.peers())
                .containsExactly(
                        new Peer(
                                "One",
                                new InetSocketAddress("127.0.0.1", 1884),
                                new SignOn("bench-", "u", "p"),
                                List.of(PID)),
                        new Peer(
                                "127.0.0.1:1885",
                                new InetSocketAddress("127.0.0.1", 1885),
                                new SignOn("c-", "v", "q"),
                                List.of(PID, PID)));
    }

    @Test
    void aPasswordIsInNoText() {
        BenchOptions options = parse("--against a=127.0.0.1:1 --pid " + PID + " --user u --password secret");
        assertThat(options.toString()).contains("127.0.0.1").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "--against, needs a value",
        "--against nowhere, expected: NAME=HOST:PORT",
        "--against a=127.0.0.1:70000, expected: NAME=HOST:PORT",
        "--against a=127.0.0.1:1 --pid 0, expected: the number of a process that runs",
        "--against a=127.0.0.1:1, 'needs a --pid, a --user and a --password'",
        "--pid 1, belongs behind an --against",
        "--peers-only, needs an --against",
        "--rounds 0, expected: 1..999999999",
        "--what, unknown option"
    })
    void whatMakesNoSenseIsSaidInASentence(String arguments, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(arguments)).withMessageContaining(sentence);
    }

    private static BenchOptions parse(String arguments) {
        return BenchOptions.parse(arguments.split(" "));
    }
}
