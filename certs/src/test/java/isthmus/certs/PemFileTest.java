package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {
    @TempDir
    Path dir;

    private Credential credential;
    private Path certificateFile;
    private Path keyFile;

    @BeforeEach
    void writeOne() {
        credential = CertificateAuthority.openOrCreate(dir.resolve("ca")).issueServer(HostNames.of("localhost"));
        certificateFile = dir.resolve("server.crt");
        keyFile = dir.resolve("server.key");
        credential.write(certificateFile, keyFile);
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        assertThat(PemFile.read(certificateFile).certificates()).isEqualTo(credential.chain());
        assertThat(PemFile.read(keyFile).key()).isEqualTo(credential.key());
        assertThat(keyFile).content().startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void textAroundTheBlocksAByteOrderMarkAndWindowsLineEndsDoNotMatter() throws Exception {
        String pem = Files.readString(certificateFile).replace("\n", "\r\n");
        Files.writeString(certificateFile, "\uFEFFBag Attributes\r\n  friendlyName: x\r\n" + pem + "\r\nthe end\r\n");
        assertThat(PemFile.read(certificateFile).certificates()).isEqualTo(credential.chain());
        String withoutPreamble = "\uFEFF" + pem;
        Files.writeString(certificateFile, withoutPreamble);
        assertThat(PemFile.read(certificateFile).certificates()).isEqualTo(credential.chain());
    }

    @Test
    void oneFileMayHoldTheKeyAndTheCertificates() throws Exception {
        Path both = dir.resolve("both.pem");
        Files.writeString(both, Files.readString(keyFile) + Files.readString(certificateFile));
        Credential read = new CredentialFiles(both, both).read(Clock.systemUTC());
        assertThat(read).isEqualTo(credential);
    }

    @ParameterizedTest
    @CsvSource({
        "ecparam -name prime256v1 -genkey -out key.pem, EC, BEGIN EC PARAMETERS",
        "ecparam -name secp384r1 -genkey -noout -out key.pem, EC, BEGIN EC PRIVATE KEY",
        "genrsa -traditional -out key.pem 2048, RSA, BEGIN RSA PRIVATE KEY",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem, RSA, BEGIN PRIVATE KEY",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem, EC, BEGIN PRIVATE KEY",
    })
    void keysInEveryFormThatOpensslWritesAreRead(String command, String algorithm, String form) throws Exception {
        OpenSsl openssl = OpenSsl.in(dir);
        openssl.run(command.split(" "));
        openssl.run("req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=x", "-days", "3", "-out", "key.crt");
        assertThat(dir.resolve("key.pem")).content().contains(form);
        PrivateKey key = PemFile.read(dir.resolve("key.pem")).key();
        assertThat(key.getAlgorithm()).isEqualTo(algorithm);
        assertThat(new CredentialFiles(dir.resolve("key.crt"), dir.resolve("key.pem"))
                        .read(Clock.systemUTC())
                        .key())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genrsa -traditional -aes128 -passout pass:secret -out key.pem 2048",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes128 -pass pass:secret -out key.pem"
            })
    void anEncryptedKeyIsRefusedWithTheCommandThatDecryptsIt(String command) throws Exception {
        OpenSsl.in(dir).run(command.split(" "));
        Path file = dir.resolve("key.pem");
        assertThatThrownBy(() -> PemFile.read(file).key())
                .isInstanceOf(CertificateFailure.class)
                .hasMessage(file + ": the private key is encrypted, which is not supported (expected BEGIN PRIVATE KEY;"
                        + " decrypt it with: openssl pkey -in key.pem -out decrypted.key)");
    }

    @Test
    void aKeyThatTlsCannotUseIsRefused() throws Exception {
        OpenSsl.in(dir).run("genpkey", "-algorithm", "ed25519", "-out", "key.pem");
        assertThatThrownBy(() -> PemFile.read(dir.resolve("key.pem")).key())
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining(
                        "key.pem: holds a private key that is damaged or of an unknown kind (expected RSA");
    }

    @Test
    void aMissingFileADirectoryAndAnEmptyFileAreNamed() throws Exception {
        assertRefused(dir.resolve("nowhere.key"), "file not found (expected a PEM file)");
        assertRefused(dir, "is a directory (expected a PEM file)");
        Files.write(keyFile, new byte[0]);
        assertRefused(keyFile, "no private key found (expected a PEM file with BEGIN PRIVATE KEY)");
    }

    @Test
    void somethingThatIsNoPemFileIsNamed() throws Exception {
        Files.write(certificateFile, credential.certificate().getEncoded());
        assertThatThrownBy(() -> PemFile.read(certificateFile).certificates())
                .isInstanceOf(CertificateFailure.class)
                .hasMessage(certificateFile + ": no certificate found (expected a PEM file with BEGIN CERTIFICATE)");
        Files.write(keyFile, new byte[(1 << 20) + 1]);
        assertRefused(keyFile, "is larger than 1 MiB (expected a PEM file)");
    }

    /** Wherever a writer was interrupted: a sentence, never another exception. */
    @Test
    void aFileThatIsCutAnywhereIsRefusedWithASentence() throws Exception {
        String whole = Files.readString(keyFile);
        int lastUseful = whole.indexOf("-----END") + "-----END PRIVATE KEY-----".length();
        for (int length = 0; length < lastUseful; length++) {
            Files.writeString(keyFile, whole.substring(0, length));
            assertThatThrownBy(() -> PemFile.read(keyFile).key())
                    .as("cut after %d characters", length)
                    .isInstanceOf(CertificateFailure.class)
                    .hasMessageStartingWith(keyFile + ": ");
        }
    }

    @Test
    void noPartOfADamagedKeyIsQuoted() throws Exception {
        String body = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
        for (String kind : new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY"}) {
            Files.writeString(keyFile, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
            assertThatThrownBy(() -> PemFile.read(keyFile).key())
                    .isInstanceOf(CertificateFailure.class)
                    .hasNoCause()
                    .hasMessageContaining("damaged or of an unknown kind");
        }
    }

    @Test
    void aDamagedCertificateIsNamed() throws Exception {
        Files.writeString(
                certificateFile,
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
                StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> PemFile.read(certificateFile).certificates())
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("server.crt: holds a certificate that is damaged");
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> PemFile.read(file).key())
                .isInstanceOf(CertificateFailure.class)
                .hasMessage(file + ": " + problem);
    }
}
