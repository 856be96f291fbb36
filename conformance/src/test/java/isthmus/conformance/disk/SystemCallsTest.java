package isthmus.conformance.disk;

import static isthmus.conformance.disk.SystemCalls.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That {@link AcknowledgedOnDiskTest} can fail. */
class SystemCallsTest {
    private static final String RECEIVE = "7 recvfrom(9<TCPv6:[a->b]>, \"\\x32\\x01\", 512, 0, NULL, NULL) = 2";
    private static final String BEGIN = "8 msync(0x7f0000000000, 4096, MS_SYNC <unfinished ...>";
    private static final String END = "8 <... msync resumed>)              = 0 (DELAYED)";
    private static final String FAIL = "8 <... msync resumed>)              = -1 EIO (Input/output error)";
    private static final String SEND = "7 sendto(9<TCPv6:[a->b]>, \"\\x40\\x02\", 2, 0, NULL, 0) = 2";

    @Test
    void anAcknowledgementBehindAWaitForTheDiskIsTold() {
        assertThat(isBehind(RECEIVE, BEGIN, END, SEND)).isTrue();
    }

    @Test
    void aCallIsReadAlsoWhenAnotherThreadsCallCutsItInTwo() {
        String begun = "7 recvfrom(9<TCPv6:[a->b]>,  <unfinished ...>";
        String ended = "7 <... recvfrom resumed>\"\\x32\\x01\", 512, 0, NULL, NULL) = 2";
        assertThat(isBehind(begun, ended, BEGIN, END, SEND)).isTrue();
        assertThat(isBehind(begun, BEGIN, ended, END, SEND)).isFalse();
    }

    @Test
    void aWaitThatBeganTooSoonOrEndedTooLateOrFailedDoesNotCount() {
        assertThat(isBehind(BEGIN, RECEIVE, END, SEND)).isFalse();
        assertThat(isBehind(RECEIVE, BEGIN, SEND, END)).isFalse();
        assertThat(isBehind(RECEIVE, BEGIN, SEND)).isFalse();
        assertThat(isBehind(RECEIVE, BEGIN, FAIL, SEND)).isFalse();
    }

    @Test
    void aWaitForAnotherFileDoesNotCount() {
        assertThat(new SystemCalls(List.of(RECEIVE, BEGIN, END, SEND))
                        .areWaitingForDiskBetween(bytes("3201"), bytes("4002"), call -> false))
                .isFalse();
    }

    @Test
    void aMissingPacketIsSaid() {
        assertThatThrownBy(() -> isBehind(BEGIN, END, SEND)).hasMessageContaining("receives");
        assertThatThrownBy(() -> isBehind(SEND, RECEIVE)).hasMessageContaining("sends");
    }

    private static boolean isBehind(String... lines) {
        return new SystemCalls(List.of(lines)).areWaitingForDiskBetween(bytes("3201"), bytes("4002"), call -> true);
    }
}
