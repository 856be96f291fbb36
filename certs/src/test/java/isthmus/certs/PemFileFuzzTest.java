package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, reading it gives certificates and keys that can be used, or one sentence that names the file.
 * Certificates and keys that OpenSSL made are among the seeds in the resources.
 */
class PemFileFuzzTest {
    private static final Path FILE = Path.of("some", "file.pem");
    private static final Clock NOW = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "",
                        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
                        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMAA=\n"
                                + "-----END RSA PRIVATE KEY-----\n",
                        "-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----\n",
                        "text\n-----BEGIN CERTIFICATE-----\nno end")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aFileCanBeUsedOrASentenceSaysWhyNot(byte[] content) {
        List<Consumer<PemFile>> uses = List.of(
                file -> assertThat(CertificateReport.describe(file, NOW)).isNotEmpty(),
                file -> ServedCredential.of(CredentialFiles.parse(file, file, NOW))
                        .toString(),
                file -> ClientAuthorities.parse(file, NOW).toString(),
                file -> file.certificates().forEach(certificate -> X509.isSignedBy(certificate, certificate)));
        for (Consumer<PemFile> use : uses) {
            try {
                use.accept(PemFile.parse(FILE, content));
            } catch (CertificateFailure failure) {
                assertThat(failure.getMessage())
                        .startsWith(FILE.toAbsolutePath() + ": ")
                        .doesNotContain("Exception", "null")
                        .hasSizeGreaterThan(FILE.toAbsolutePath().toString().length() + 20);
            }
        }
    }
}
