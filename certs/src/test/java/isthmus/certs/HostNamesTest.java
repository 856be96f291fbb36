package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "MQTT.Example.COM, mqtt.example.com",
        "mqtt.example.com., mqtt.example.com",
        "*.example.com, *.example.com",
        "my_host, my_host",
        "b\u00fccher.example, xn--bcher-kva.example",
        "10.0.0.255, 10.0.0.255",
        "::1, 0:0:0:0:0:0:0:1",
        "[2001:db8::5], 2001:db8:0:0:0:0:0:5",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:10.1.2.3, 10.1.2.3",
    })
    void aNameHasOneNotation(String given, String kept) {
        assertThat(HostNames.of(given).values()).containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "mqtt..example.com",
                "*",
                "a.*.b",
                "https://example.com",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "::zz",
                "example.com:8883",
                "-a.example",
                "a/b",
                "x,y"
            })
    void whatIsNoNameIsRefusedWithExamples(String given) {
        assertThatThrownBy(() -> HostNames.of(given))
                .isInstanceOf(CertificateFailure.class)
                .hasMessage("'" + given + "' is not a name for a certificate (expected a host name such as"
                        + " mqtt.example.com or *.example.com, or an IP address)");
    }

    @Test
    void atLeastOneNameIsNeeded() {
        assertThatThrownBy(HostNames::of)
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("expected at least one host name");
    }

    @Test
    void everyNameIsKeptOnceInTheOrderGiven() {
        assertThat(HostNames.of("b", "a", "B", "::1")
                        .and(List.of("0:0::1", "c"))
                        .values())
                .containsExactly("b", "a", "0:0:0:0:0:0:0:1", "c");
    }

    @Test
    void thisMachineHasItsLoopbackNamesAndItsAddresses() throws Exception {
        List<String> names = HostNames.ofThisMachine().values();
        assertThat(names)
                .startsWith("localhost")
                .contains("127.0.0.1", "0:0:0:0:0:0:0:1")
                .doesNotHaveDuplicates();
        List<String> addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .map(address -> HostNames.of(address).values().get(0))
                .toList();
        assertThat(names).containsAll(addresses);
    }

    @Test
    void aCertificateGivesItsNamesBack(@TempDir Path dir) {
        HostNames names = HostNames.of("mqtt.example.com", "*.example.org", "10.0.0.1", "::1");
        Credential issued = CertificateAuthority.openOrCreate(dir).issueServer(names);
        assertThat(HostNames.in(issued.certificate())).isEqualTo(names);
        assertThat(HostNames.dnsNamesIn(issued.certificate())).containsExactly("mqtt.example.com", "*.example.org");
    }
}
