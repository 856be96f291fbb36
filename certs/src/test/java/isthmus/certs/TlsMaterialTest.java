package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replacing files, one look after the other; {@link TlsHandshakeTest} shows what connections make of it. */
class TlsMaterialTest {
    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private final LogLines log = new LogLines(WatchedFiles.class);
    private CertificateAuthority authority;
    private CredentialFiles files;

    @BeforeEach
    void writeFiles() {
        authority = CertificateAuthority.openOrCreate(dir.resolve("ca"), clock, new SecureRandom());
        files = new CredentialFiles(dir.resolve("server.crt"), dir.resolve("server.key"));
        issue().write(files.certificate(), files.key());
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private Credential issue() {
        return authority.issueServer(HostNames.of("localhost"));
    }

    private TlsMaterial load() {
        return TlsMaterial.load(TlsFiles.of(files), clock);
    }

    private static X509Certificate inUse(TlsMaterial material) {
        X509ExtendedKeyManager keys = material.keyManager();
        String alias = keys.getServerAliases("EC", null)[0];
        X509Certificate certificate = keys.getCertificateChain(alias)[0];
        assertThat(X509.belongTogether(keys.getPrivateKey(alias), certificate.getPublicKey()))
                .isTrue();
        return certificate;
    }

    @Test
    void newFilesReplaceTheOldOnesInTheSameKeyManager() {
        TlsMaterial material = load();
        X509ExtendedKeyManager keys = material.keyManager();
        String oldAlias = keys.getServerAliases("EC", null)[0];
        Credential fresh = issue();
        fresh.write(files.certificate(), files.key());
        material.look();
        assertThat(inUse(material)).isEqualTo(fresh.certificate());
        assertThat(keys.getPrivateKey(oldAlias))
                .as("a handshake that chose the old one gets both of its halves")
                .isNotNull()
                .isNotEqualTo(fresh.key());
        assertThat(log.at(Level.INFO))
                .containsExactly(files.certificate() + ": replaced, now CN=localhost, valid until "
                        + fresh.certificate().getNotAfter().toInstant());
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void nothingChangesAndNothingIsLoggedWhileTheFilesStayTheSame() throws Exception {
        TlsMaterial material = load();
        Files.setLastModifiedTime(files.certificate(), FileTime.fromMillis(1));
        material.look();
        material.look();
        assertThat(log.at(Level.INFO)).isEmpty();
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aPairMayBeReplacedOneFileAfterTheOther() {
        TlsMaterial material = load();
        X509Certificate old = inUse(material);
        Credential fresh = issue();
        PemFile.writeCertificates(files.certificate(), fresh.chain());
        material.look();
        assertThat(inUse(material)).isEqualTo(old);
        PemFile.writeKey(files.key(), fresh.key());
        material.look();
        assertThat(inUse(material)).isEqualTo(fresh.certificate());
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aPairThatStaysMismatchedIsToldOnceAndAgainWhenItIsMended() {
        TlsMaterial material = load();
        X509Certificate old = inUse(material);
        Credential fresh = issue();
        PemFile.writeKey(files.key(), fresh.key());
        for (int look = 0; look < 5; look++) {
            material.look();
        }
        assertThat(inUse(material)).isEqualTo(old);
        assertThat(log.at(Level.WARN))
                .containsExactly(files.key() + ": the key does not belong to the first certificate in server.crt,"
                        + " CN=localhost (expected its private key; in a chain the certificate of the key comes first);"
                        + " what was loaded before stays in use");
        PemFile.writeCertificates(files.certificate(), fresh.chain());
        material.look();
        assertThat(inUse(material)).isEqualTo(fresh.certificate());
        assertThat(log.at(Level.INFO)).singleElement().asString().contains("replaced, now CN=localhost");
    }

    @Test
    void theOldFilesPutBackMendItToo() throws Exception {
        TlsMaterial material = load();
        byte[] good = Files.readAllBytes(files.certificate());
        Files.writeString(files.certificate(), "nonsense");
        material.look();
        material.look();
        assertThat(log.at(Level.WARN)).singleElement().asString().contains("server.crt: no certificate found");
        Files.write(files.certificate(), good);
        material.look();
        material.look();
        assertThat(log.at(Level.INFO)).singleElement().asString().contains("server.crt: in order again, unchanged");
    }

    @Test
    void halfWrittenMissingAndExpiredFilesKeepTheOldMaterial() throws Exception {
        TlsMaterial material = load();
        X509Certificate old = inUse(material);
        String good = Files.readString(files.certificate());

        Files.writeString(files.certificate(), good.substring(0, 300));
        assertKept(material, old, "server.crt: is damaged or only half written");
        Files.delete(files.certificate());
        assertKept(material, old, "server.crt: file not found");
        Credential expiring = issue();
        clock.forward(Duration.ofDays(826));
        expiring.write(files.certificate(), files.key());
        assertKept(material, old, "server.crt: the certificate expired on ");
    }

    private void assertKept(TlsMaterial material, X509Certificate old, String reason) {
        int before = log.at(Level.WARN).size();
        material.look();
        material.look();
        material.look();
        assertThat(inUse(material)).isEqualTo(old);
        assertThat(log.at(Level.WARN)).hasSize(before + 1).last().asString().contains(reason);
    }

    @Test
    void aCertificateThatIsNotValidYetIsTakenWhenItsTimeHasCome() {
        TlsMaterial material = load();
        TestClock tomorrow = new TestClock();
        tomorrow.forward(Duration.ofDays(1));
        Credential fresh = CertificateAuthority.open(dir.resolve("ca"), tomorrow, new SecureRandom())
                .issueServer(HostNames.of("localhost"));
        fresh.write(files.certificate(), files.key());
        material.look();
        material.look();
        assertThat(log.at(Level.WARN)).singleElement().asString().contains("is not valid before");
        clock.forward(Duration.ofDays(1));
        material.look();
        assertThat(inUse(material)).isEqualTo(fresh.certificate());
    }

    @Test
    void oneBrokenPairDoesNotKeepAnotherFromBeingReplaced() throws Exception {
        CredentialFiles second = new CredentialFiles(dir.resolve("second.crt"), dir.resolve("second.key"));
        issue().write(second.certificate(), second.key());
        TlsMaterial material = TlsMaterial.load(new TlsFiles(List.of(second, files), null), clock);
        Files.writeString(second.key(), "nonsense");
        Credential fresh = issue();
        fresh.write(files.certificate(), files.key());
        material.look();
        String alias = material.keyManager().getServerAliases("EC", null)[1];
        assertThat(material.keyManager().getCertificateChain(alias)[0]).isEqualTo(fresh.certificate());
    }

    /** As Kubernetes mounts a Secret: the files are links through a directory link, and that is what is renamed. */
    @Test
    void theSymbolicLinksOfKubernetesAreFollowed() throws Exception {
        Path mount = Files.createDirectory(dir.resolve("mount"));
        Credential first = kubernetesVersion(mount, "..2026_01");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(mount.resolve("tls.crt"), Path.of("..data/tls.crt"));
        Files.createSymbolicLink(mount.resolve("tls.key"), Path.of("..data/tls.key"));
        TlsMaterial material = TlsMaterial.load(
                TlsFiles.of(new CredentialFiles(mount.resolve("tls.crt"), mount.resolve("tls.key"))), clock);
        assertThat(inUse(material)).isEqualTo(first.certificate());

        Credential second = kubernetesVersion(mount, "..2026_02");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_02"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        material.look();
        assertThat(inUse(material)).isEqualTo(second.certificate());
    }

    private Credential kubernetesVersion(Path mount, String name) throws Exception {
        Path version = Files.createDirectory(mount.resolve(name));
        Credential credential = issue();
        credential.write(version.resolve("tls.crt"), version.resolve("tls.key"));
        return credential;
    }

    @Test
    void theWatchFindsNewFilesByItselfOnADaemonThreadUntilItIsClosed() {
        TlsMaterial material = load();
        CertificateWatch watch = material.watch(Duration.ofMillis(10));
        Credential fresh = issue();
        fresh.write(files.certificate(), files.key());
        await().untilAsserted(() -> assertThat(inUse(material)).isEqualTo(fresh.certificate()));
        assertThat(watchThreads()).isEqualTo(1);
        watch.close();
        await().untilAsserted(() -> assertThat(watchThreads()).isZero());
    }

    private static long watchThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("certificate-watch"))
                .peek(thread -> assertThat(thread.isDaemon()).isTrue())
                .count();
    }

    @Test
    void filesThatCannotBeUsedAtTheStartAreAFailure() throws Exception {
        assertThatThrownBy(() -> new TlsFiles(List.of(), null))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith("no certificate is named");
        clock.forward(Duration.ofDays(826));
        assertThatThrownBy(this::load)
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(files.certificate() + ": the certificate expired on ");
        clock.forward(Duration.ofDays(-826));
        TlsFiles withDevice = TlsFiles.of(files).withClientAuthority(files.certificate());
        assertThatThrownBy(() -> TlsMaterial.load(withDevice, clock))
                .isInstanceOf(CertificateFailure.class)
                .hasMessage(files.certificate() + ": the certificate of CN=localhost is not that of a CA (expected the"
                        + " certificates of the CAs that issue client certificates)");
        Files.writeString(files.key(), "");
        assertThatThrownBy(this::load)
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(files.key() + ": no private key found");
    }
}
