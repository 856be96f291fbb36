package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private CertificateAuthority authority;

    @BeforeEach
    void create() {
        authority = CertificateAuthority.openOrCreate(dir, clock, new SecureRandom());
    }

    @Test
    void theAuthoritySignsItselfForTenYears() throws Exception {
        X509Certificate ca = authority.certificate();
        ca.verify(ca.getPublicKey());
        assertThat(ca.getBasicConstraints()).isZero(); // an authority, and none below it
        assertThat(ca.getKeyUsage()).containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(ca.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(((ECPublicKey) ca.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
        assertThat(lifetime(ca)).isBetween(Duration.ofDays(3649), Duration.ofDays(3650));
        assertThat(ca.getSubjectX500Principal().getName()).matches("CN=Isthmus CA [0-9a-f]{8}");
    }

    @Test
    void aServerCertificateSaysWhatItIsFor() throws Exception {
        X509Certificate server = authority
                .issueServer(HostNames.of("mqtt.example.com", "10.0.0.1"))
                .certificate();
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "mqtt.example.com"), List.of(7, "10.0.0.1"));
        assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=mqtt.example.com");
        assertThat(lifetime(server)).isLessThan(Duration.ofDays(825)).isGreaterThan(Duration.ofDays(824));
        assertThat(server.getNotBefore().toInstant()).isBefore(Instant.now().minusSeconds(3500));
        // The key identifiers hold the same 20 bytes, at the end of both extensions.
        assertThat(tail(server.getExtensionValue(AUTHORITY_KEY)))
                .isEqualTo(tail(authority.certificate().getExtensionValue(SUBJECT_KEY)));
        assertThat(tail(server.getExtensionValue(SUBJECT_KEY)))
                .isNotEqualTo(tail(server.getExtensionValue(AUTHORITY_KEY)));
    }

    @Test
    void aDeviceCertificateCarriesTheClientId() throws Exception {
        X509Certificate device = authority.issueDevice("GID_Sensors@@@device-1").certificate();
        assertThat(device.getSubjectX500Principal().getName()).isEqualTo("CN=GID_Sensors@@@device-1");
        assertThat(device.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(device.getBasicConstraints()).isEqualTo(-1);
        assertThat(device.getSubjectAlternativeNames()).isNull();
    }

    @Test
    void aClientIdWithSpecialCharactersStaysOneName() throws Exception {
        String clientId = "GID_Sensors@@@a,b=c+\"d\"<é>\\#;";
        X509Certificate device = authority.issueDevice(clientId).certificate();
        assertThat(device.getSubjectX500Principal().getName("RFC2253")).startsWith("CN=GID_Sensors@@@a\\,b");
        assertThat(new javax.naming.ldap.LdapName[] {parse(device)}[0].getRdn(0).getValue())
                .isEqualTo(clientId);
    }

    private static javax.naming.ldap.LdapName parse(X509Certificate certificate) {
        try {
            return new javax.naming.ldap.LdapName(
                    certificate.getSubjectX500Principal().getName());
        } catch (javax.naming.InvalidNameException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "device-1", "GID_Sensors@@@", "@@@device", "GID_Sensors@@@a b"})
    void whatIsNoClientIdGetsNoCertificate(String clientId) {
        assertThatThrownBy(() -> authority.issueDevice(clientId))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(
                        "'" + clientId + "' cannot be the client id of a certificate (expected GroupID@@@DeviceID");
    }

    @Test
    void aClientIdLongerThanACommonNameGetsNoCertificate() {
        String longest = "GID_Sensors@@@" + "x".repeat(50);
        assertThat(authority
                        .issueDevice(longest)
                        .certificate()
                        .getSubjectX500Principal()
                        .getName())
                .endsWith(longest);
        assertThatThrownBy(() -> authority.issueDevice(longest + "x")).hasMessageContaining("at most 64 characters");
    }

    @Test
    void serialNumbersAreRandomAndPositive() {
        List<X509Certificate> issued = IntStream.range(0, 20)
                .mapToObj(i -> authority.issueDevice("GID_Sensors@@@d" + i).certificate())
                .toList();
        assertThat(issued).extracting(X509Certificate::getSerialNumber).doesNotHaveDuplicates();
        assertThat(issued)
                .allSatisfy(certificate ->
                        assertThat(certificate.getSerialNumber().bitLength()).isBetween(120, 159))
                .allSatisfy(
                        certificate -> assertThat(certificate.getSerialNumber()).isPositive());
    }

    @Test
    void theJdkVerifiesTheChainAndRefusesAnotherAuthority() throws Exception {
        Credential server = authority.issueServer(HostNames.of("localhost"));
        validate(server, authority);
        CertificateAuthority other = CertificateAuthority.openOrCreate(dir.resolve("other"));
        assertThatThrownBy(() -> validate(server, other)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void opensslVerifiesChainPurposeAndNames() throws Exception {
        OpenSsl openssl = OpenSsl.in(dir);
        authority
                .issueServer(HostNames.of("mqtt.example.com", "*.iot.example.com", "::1"))
                .write(dir.resolve("server.crt"), dir.resolve("server.key"));
        authority.issueDevice("GID_Sensors@@@device-1").write(dir.resolve("device.crt"), dir.resolve("device.key"));
        String[] verify = {"verify", "-x509_strict", "-CAfile", "ca.crt"};
        openssl.run(with(verify, "-purpose", "sslserver", "-verify_hostname", "mqtt.example.com", "server.crt"));
        openssl.run(with(verify, "-purpose", "sslserver", "-verify_hostname", "a.iot.example.com", "server.crt"));
        openssl.run(with(verify, "-purpose", "sslserver", "-verify_ip", "::1", "server.crt"));
        openssl.run(with(verify, "-purpose", "sslclient", "device.crt"));
        assertThatThrownBy(() -> openssl.run(with(verify, "-purpose", "sslclient", "server.crt")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> openssl.run(
                        with(verify, "-purpose", "sslserver", "-verify_hostname", "other.example.com", "server.crt")))
                .isInstanceOf(AssertionError.class);
        assertThat(openssl.run("pkey", "-in", "server.key", "-noout", "-text")).contains("NIST CURVE: P-256");
    }

    @Test
    void openingAgainFindsTheSameAuthority() {
        CertificateAuthority again = CertificateAuthority.openOrCreate(dir);
        assertThat(again.certificate()).isEqualTo(authority.certificate());
    }

    @Test
    void filesOfTheAuthorityHaveTheRightPermissions() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("ca.key"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactlyInAnyOrder(dir.resolve("ca.crt"), dir.resolve("ca.key"));
        }
    }

    @Test
    void halfAnAuthorityIsNamedAndNotReplaced() throws Exception {
        Path key = dir.resolve("ca.key");
        Files.move(key, dir.resolve("elsewhere"));
        assertThatThrownBy(() -> CertificateAuthority.openOrCreate(dir))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(key + ": file not found, although ca.crt is there");
        Files.move(dir.resolve("elsewhere"), key);
        Files.delete(dir.resolve("ca.crt"));
        assertThatThrownBy(() -> CertificateAuthority.openOrCreate(dir))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(dir.resolve("ca.crt") + ": file not found, although ca.key is there");
    }

    @Test
    void aCertificateThatIsNoAuthorityCannotIssue() {
        authority.issueServer(HostNames.of("localhost")).write(dir.resolve("ca.crt"), dir.resolve("ca.key"));
        assertThatThrownBy(() -> CertificateAuthority.openOrCreate(dir))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("ca.crt: is not the certificate of a CA");
    }

    @Test
    void anAuthorityOfRsaKeysMadeWithOpensslCanIssueToo() throws Exception {
        Path own = Files.createDirectory(dir.resolve("own"));
        OpenSsl.in(own)
                .run(
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-keyout",
                        "ca.key",
                        "-out",
                        "ca.crt",
                        "-days",
                        "30",
                        "-subj",
                        "/O=Acme/CN=Acme CA");
        CertificateAuthority acme = CertificateAuthority.openOrCreate(own);
        Credential server = acme.issueServer(HostNames.of("localhost"));
        validate(server, acme);
        assertThat(server.certificate().getNotAfter())
                .as("no certificate outlives its authority")
                .isEqualTo(acme.certificate().getNotAfter());
    }

    @Test
    void anExpiredAuthorityIssuesNothing() {
        clock.forward(Duration.ofDays(3651));
        assertThatThrownBy(() -> CertificateAuthority.open(dir, clock, new SecureRandom()))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("ca.crt: the certificate expired on ");
    }

    @Test
    void aValidityOfNoDaysIsRefused() {
        assertThatThrownBy(() -> authority.issueDevice("GID_Sensors@@@d", Duration.ZERO))
                .isInstanceOf(CertificateFailure.class)
                .hasMessage("a validity of 0 days (expected: 1 or more)");
    }

    @Test
    void theKeyIsInNoText() {
        Credential server = authority.issueServer(HostNames.of("localhost"));
        assertThat(server).hasToString("Credential[CN=localhost]");
    }

    private static void validate(Credential credential, CertificateAuthority authority) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(credential.certificate())),
                        parameters);
    }

    private static Duration lifetime(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static byte[] tail(byte[] extension) {
        return Arrays.copyOfRange(extension, extension.length - 20, extension.length);
    }

    private static String[] with(String[] first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }
}
