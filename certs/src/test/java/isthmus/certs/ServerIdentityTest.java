package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {
    private static final HostNames NAMES = HostNames.of("localhost", "127.0.0.1");

    @TempDir
    Path data;

    private final TestClock clock = new TestClock();

    private ServerIdentity open(HostNames names) {
        return ServerIdentity.openOrCreate(directory(), names, clock, new SecureRandom());
    }

    private Path directory() {
        return data.resolve("certs");
    }

    private X509Certificate server() {
        return PemFile.read(directory().resolve("server.crt")).certificates().get(0);
    }

    private X509Certificate authority() {
        return PemFile.read(directory().resolve("ca.crt")).certificates().get(0);
    }

    @Test
    void theFirstStartMakesFourFilesForTheOwner() throws Exception {
        ServerIdentity identity = open(HostNames.ofThisMachine());
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files.map(file -> file.getFileName() + " " + permissions(file)))
                    .containsExactlyInAnyOrder(
                            "ca.crt rw-r--r--", "ca.key rw-------", "server.crt rw-r--r--", "server.key rw-------");
        }
        assertThat(permissions(directory())).isEqualTo("rwx------");
        Credential credential = identity.files().read(clock);
        assertThat(credential.chain()).containsExactly(server(), authority());
        assertThat(HostNames.in(server())).isEqualTo(HostNames.ofThisMachine());
        server().verify(authority().getPublicKey());
    }

    @Test
    void theNextStartChangesNothing() {
        open(NAMES);
        X509Certificate before = server();
        open(HostNames.of("127.0.0.1", "LOCALHOST"));
        assertThat(server()).isEqualTo(before);
    }

    @Test
    void otherNamesRenewTheServerCertificateWithTheSameAuthority() throws Exception {
        open(NAMES);
        X509Certificate authority = authority();
        open(NAMES.and(HostNames.of("10.0.0.7").values()));
        assertThat(HostNames.in(server()).values()).containsExactly("localhost", "127.0.0.1", "10.0.0.7");
        assertThat(authority()).isEqualTo(authority);
        server().verify(authority.getPublicKey());
    }

    @Test
    void aCertificateNearItsEndIsRenewedWithTheSameAuthority() throws Exception {
        open(NAMES);
        X509Certificate authority = authority();
        X509Certificate first = server();
        clock.forward(Duration.ofDays(825 - 31));
        open(NAMES);
        assertThat(server()).as("31 days before the end").isEqualTo(first);
        clock.forward(Duration.ofDays(2));
        open(NAMES);
        assertThat(server()).as("29 days before the end").isNotEqualTo(first);
        assertThat(authority()).isEqualTo(authority);
        server().verify(authority.getPublicKey());
    }

    @Test
    void brokenMissingOrMismatchingFilesAreMadeAnew() throws Exception {
        ServerIdentity identity = open(NAMES);
        Path key = identity.files().key();
        Path certificate = identity.files().certificate();

        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nMIG");
        assertThat(open(NAMES).files().read(clock)).isNotNull();
        Files.delete(key);
        assertThat(open(NAMES).files().read(clock)).isNotNull();
        CertificateAuthority.openOrCreate(directory()).issueServer(NAMES).write(certificate, data.resolve("other.key"));
        assertThat(open(NAMES).files().read(clock)).isNotNull();
        Files.writeString(certificate, "");
        assertThat(open(NAMES).files().read(clock)).isNotNull();
    }

    @Test
    void aNewAuthorityBringsANewServerCertificate() throws Exception {
        open(NAMES);
        CertificateAuthority.create(directory(), clock, new SecureRandom());
        open(NAMES);
        server().verify(authority().getPublicKey());
    }

    @Test
    void aCertificateOfSomebodyElseIsNotReplaced() throws Exception {
        Files.createDirectories(directory());
        OpenSsl.in(directory())
                .run(
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-keyout",
                        "server.key",
                        "-out",
                        "server.crt",
                        "-days",
                        "30",
                        "-subj",
                        "/CN=Acme");
        X509Certificate own = server();
        assertThatThrownBy(() -> open(NAMES))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(directory().resolve("server.crt")
                        + ": was issued by CN=Acme, not by the CA in this" + " directory (name your own certificate");
        assertThat(server()).isEqualTo(own);
    }

    @Test
    void withoutTheKeyOfTheAuthorityAGoodCertificateStaysInUse() throws Exception {
        open(NAMES);
        X509Certificate first = server();
        Files.delete(directory().resolve("ca.key"));
        try (LogLines log = new LogLines(ServerIdentity.class)) {
            open(NAMES);
            assertThat(log.at(Level.WARN)).isEmpty();
            open(HostNames.of("elsewhere"));
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("the names of the server changed, but ca.key");
        }
        assertThat(server()).isEqualTo(first);
        clock.forward(Duration.ofDays(900));
        assertThatThrownBy(() -> open(NAMES))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("ca.key: file not found, although ca.crt is there");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
