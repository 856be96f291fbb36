package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateReportTest {
    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();

    @Test
    void aChainIsDescribedCertificateByCertificate() {
        CertificateAuthority authority = CertificateAuthority.openOrCreate(dir, clock, new SecureRandom());
        Credential server = authority.issueServer(HostNames.of("mqtt.example.com", "10.0.0.1"));
        server.write(dir.resolve("server.crt"), dir.resolve("server.key"));
        String issuer = authority.certificate().getSubjectX500Principal().getName();

        List<String> lines = CertificateReport.describe(dir.resolve("server.crt"), clock);
        assertThat(lines)
                .contains("Certificate  CN=mqtt.example.com", "  issued by  " + issuer, "  for        servers")
                .contains("  names      mqtt.example.com, 10.0.0.1", "  key        EC, 256 bits")
                .contains("Certificate  " + issuer, "  for        a certificate authority")
                .anyMatch(line -> line.endsWith("(824 days left)"))
                .contains("  SHA-256    " + X509.fingerprint(server.certificate()));
        clock.forward(Duration.ofDays(900));
        assertThat(CertificateReport.describe(dir.resolve("server.crt"), clock))
                .anyMatch(line -> line.endsWith("(expired)"));
    }

    @Test
    void ofAKeyOnlyItsKindIsShown() {
        CertificateAuthority.openOrCreate(dir);
        assertThat(CertificateReport.describe(dir.resolve("ca.key"), clock))
                .containsExactly("Private key  EC, 256 bits");
    }

    @Test
    void aFileWithoutEitherIsRefused() throws Exception {
        Path file = Files.writeString(dir.resolve("notes.txt"), "hello");
        assertThatThrownBy(() -> CertificateReport.describe(file, clock))
                .isInstanceOf(CertificateFailure.class)
                .hasMessage(file + ": no certificate and no private key found (expected a PEM file)");
    }
}
