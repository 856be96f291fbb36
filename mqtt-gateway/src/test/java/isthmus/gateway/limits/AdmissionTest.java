package isthmus.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;

    private final Refusals refusals = new Refusals();
    private final AtomicLong now = new AtomicLong();

    private Admission admission(int connections, int perAddress, int rate, int ratePerAddress) {
        return new Admission(
                new AdmissionLimits(connections, perAddress, rate, ratePerAddress, 1000), refusals, now::get);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException wrong) {
            throw new AssertionError(wrong);
        }
    }

    @Test
    void whoLeavesMakesRoomForAnother() {
        Admission admission = admission(2, 0, 1000, 0);
        assertThat(admission.admits(address("10.0.0.1"))).isTrue();
        assertThat(admission.admits(null)).isTrue();
        assertThat(admission.admits(address("10.0.0.2"))).isFalse();
        assertThat(refusals.of(Limit.CONNECTIONS)).isEqualTo(1);
        admission.left(address("10.0.0.1"));
        assertThat(admission.admits(address("10.0.0.2"))).isTrue();
        assertThat(admission.open()).isEqualTo(2);
    }

    @Test
    void oneAddressMayHoldSoManyAndAnotherAsMany() {
        Admission admission = admission(100, 2, 1000, 0);
        assertThat(admission.admits(address("10.0.0.1"))).isTrue();
        assertThat(admission.admits(address("10.0.0.1"))).isTrue();
        assertThat(admission.admits(address("10.0.0.1"))).isFalse();
        assertThat(admission.admits(address("10.0.0.2"))).isTrue();
        assertThat(refusals.of(Limit.CONNECTIONS_PER_ADDRESS)).isEqualTo(1);
        admission.left(address("10.0.0.1"));
        assertThat(admission.admits(address("10.0.0.1"))).isTrue();
        assertThat(admission.open()).as("a refusal holds nothing").isEqualTo(3);
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneAddress() {
        Admission admission = admission(100, 1, 1000, 0);
        assertThat(admission.admits(address("2001:db8:0:1::1"))).isTrue();
        assertThat(admission.admits(address("2001:db8:0:1:ffff::2"))).isFalse();
        assertThat(admission.admits(address("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void anAddressThatFloodsDoesNotUseUpTheRateOfAll() {
        Admission admission = admission(100, 0, 5, 3);
        for (int i = 0; i < 50; i++) {
            assertThat(admission.admits(address("10.0.0.1"))).isEqualTo(i < 3);
        }
        assertThat(refusals.of(Limit.CONNECT_RATE_PER_ADDRESS)).isEqualTo(47);
        assertThat(admission.admits(address("10.0.0.2"))).isTrue();
        assertThat(admission.admits(address("10.0.0.3"))).isTrue();
        assertThat(admission.admits(address("10.0.0.4"))).isFalse();
        assertThat(refusals.of(Limit.CONNECT_RATE)).isEqualTo(1);
        now.addAndGet(SECOND);
        assertThat(admission.admits(address("10.0.0.1"))).isTrue();
    }

    @Test
    void anAddressIsForgottenWhenItIsGoneAndItsRateIsRestored() {
        Admission admission = admission(100, 0, 1000, 10);
        admission.admits(address("10.0.0.1"));
        admission.admits(address("10.0.0.2"));
        admission.left(address("10.0.0.1"));
        admission.forget();
        assertThat(admission.addresses()).isEqualTo(2);
        now.addAndGet(SECOND);
        admission.forget();
        assertThat(admission.addresses()).as("one is still connected").isEqualTo(1);
    }
}
