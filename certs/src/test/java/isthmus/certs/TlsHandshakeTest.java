package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes over the loopback interface, between the JDK's sockets. */
class TlsHandshakeTest {
    @TempDir
    Path dir;

    private final List<AutoCloseable> open = new ArrayList<>();
    private CertificateAuthority authority;
    private CredentialFiles files;

    @BeforeEach
    void writeFiles() {
        authority = CertificateAuthority.openOrCreate(dir.resolve("ca"));
        files = issue("server", "localhost", "127.0.0.1");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private CredentialFiles issue(String file, String... names) {
        CredentialFiles pair = new CredentialFiles(dir.resolve(file + ".crt"), dir.resolve(file + ".key"));
        authority.issueServer(HostNames.of(names)).write(pair.certificate(), pair.key());
        return pair;
    }

    private EchoServer serve(TlsMaterial material) throws Exception {
        EchoServer server = new EchoServer(material);
        open.add(server);
        return server;
    }

    private SSLSocket connect(EchoServer server, String host, @Nullable Credential own, String... protocols)
            throws Exception {
        SSLSocket socket = new TlsClient(authority.certificate(), own).connect(host, server.port(), protocols);
        open.add(socket);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithCaCrtVerifiesTheServerByNameAndByAddress(String protocol) throws Exception {
        EchoServer server = serve(TlsMaterial.load(TlsFiles.of(files)));
        for (String host : List.of("localhost", "127.0.0.1")) {
            SSLSocket socket = connect(server, host, null, protocol);
            TlsClient.roundTrip(socket);
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void aNameThatIsNotInTheCertificateIsRefusedByTheClient() throws Exception {
        EchoServer server = serve(TlsMaterial.load(TlsFiles.of(files)));
        assertThatThrownBy(() -> connect(server, "mqtt.example.com", null))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("mqtt.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theServerNameChoosesTheCertificate(String protocol) throws Exception {
        TlsFiles several = new TlsFiles(
                List.of(
                        files,
                        issue("wild", "*.example.com"),
                        issue("exact", "mqtt.example.com", "alias.example.org"),
                        issue("last", "unused.example.net")),
                null);
        EchoServer server = serve(TlsMaterial.load(several));
        assertThat(certificateFor(server, "mqtt.example.com", protocol)).isEqualTo(first("exact"));
        assertThat(certificateFor(server, "alias.example.org", protocol)).isEqualTo(first("exact"));
        assertThat(certificateFor(server, "other.example.com", protocol)).isEqualTo(first("wild"));
        assertThat(certificateFor(server, "127.0.0.1", protocol))
                .as("no host asked for")
                .isEqualTo(first("server"));
        assertThatThrownBy(() -> connect(server, "a.b.example.com", null, protocol))
                .as("a star is one label, so this is the first certificate, and the client refuses it")
                .isInstanceOf(SSLException.class);
    }

    private X509Certificate certificateFor(EchoServer server, String host, String protocol) throws Exception {
        return TlsClient.certificateOf(connect(server, host, null, protocol));
    }

    private X509Certificate first(String file) {
        return PemFile.read(dir.resolve(file + ".crt")).certificates().get(0);
    }

    @Test
    void aHostMayHaveAnRsaCertificateWhileTheFirstIsEc() throws Exception {
        OpenSsl openssl = OpenSsl.in(dir);
        openssl.run(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "rsa.key",
                "-out",
                "rsa.crt",
                "-days",
                "30",
                "-subj",
                "/CN=rsa",
                "-addext",
                "subjectAltName=DNS:rsa.example.com");
        TlsFiles both =
                new TlsFiles(List.of(files, new CredentialFiles(dir.resolve("rsa.crt"), dir.resolve("rsa.key"))), null);
        EchoServer server = serve(TlsMaterial.load(both));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            SSLSocket socket = new TlsClient(first("rsa"), null).connect("rsa.example.com", server.port(), protocol);
            open.add(socket);
            assertThat(TlsClient.certificateOf(socket)).isEqualTo(first("rsa"));
            assertThat(certificateFor(server, "localhost", protocol)).isEqualTo(first("server"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aDeviceOfTheRightAuthorityIsLetInAndNobodyElse(String protocol) throws Exception {
        TlsFiles verifying = TlsFiles.of(files).withClientAuthority(dir.resolve("ca/ca.crt"));
        EchoServer server = serve(TlsMaterial.load(verifying));
        CertificateAuthority other = CertificateAuthority.openOrCreate(dir.resolve("other"));

        TlsClient.roundTrip(connect(server, "localhost", authority.issueDevice("GID_Sensors@@@one"), protocol));
        assertRefused(server, null, protocol);
        assertRefused(server, other.issueDevice("GID_Sensors@@@one"), protocol);
        assertRefused(server, authority.issueServer(HostNames.of("localhost")), protocol);
        TlsClient.roundTrip(connect(server, "localhost", authority.issueDevice("GID_Sensors@@@two"), protocol));
    }

    private void assertRefused(EchoServer server, @Nullable Credential own, String protocol) {
        assertThatThrownBy(() -> TlsClient.roundTrip(connect(server, "localhost", own, protocol)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void withoutAClientAuthorityNoClientCertificateIsTrusted() {
        TlsMaterial material = TlsMaterial.load(TlsFiles.of(files));
        X509Certificate[] device = {authority.issueDevice("GID_Sensors@@@one").certificate()};
        assertThat(material.verifiesClients()).isFalse();
        assertThat(material.clientTrust().getAcceptedIssuers()).isEmpty();
        assertThatThrownBy(() -> material.clientTrust().checkClientTrusted(device, "EC"))
                .hasMessageContaining("no client CA is configured");
        assertThatThrownBy(() -> material.clientTrust().checkServerTrusted(device, "EC"))
                .hasMessageContaining("not for servers");
    }

    @Test
    void aNewCertificateServesNewConnectionsWhileAnOldOneStaysOpen() throws Exception {
        TlsMaterial material = TlsMaterial.load(TlsFiles.of(files));
        EchoServer server = serve(material);
        X509Certificate old = first("server");
        SSLSocket before = connect(server, "localhost", null);
        TlsClient.roundTrip(before);

        issue("server", "localhost");
        material.look();
        SSLSocket after = connect(server, "localhost", null);
        TlsClient.roundTrip(before);
        TlsClient.roundTrip(after);
        assertThat(TlsClient.certificateOf(before)).isEqualTo(old);
        assertThat(TlsClient.certificateOf(after)).isEqualTo(first("server")).isNotEqualTo(old);
    }

    @Test
    void aNewClientAuthorityCountsForNewConnectionsWhileAnOldOneStaysOpen() throws Exception {
        Path clients = dir.resolve("clients.crt");
        CertificateAuthority other = CertificateAuthority.openOrCreate(dir.resolve("other"));
        PemFile.writeCertificates(clients, List.of(authority.certificate()));
        TlsMaterial material = TlsMaterial.load(TlsFiles.of(files).withClientAuthority(clients));
        EchoServer server = serve(material);
        SSLSocket before = connect(server, "localhost", authority.issueDevice("GID_Sensors@@@one"));
        TlsClient.roundTrip(before);
        assertRefused(server, other.issueDevice("GID_Sensors@@@two"), "TLSv1.3");

        PemFile.writeCertificates(clients, List.of(other.certificate()));
        material.look();
        TlsClient.roundTrip(before);
        TlsClient.roundTrip(connect(server, "localhost", other.issueDevice("GID_Sensors@@@two")));
        assertRefused(server, authority.issueDevice("GID_Sensors@@@one"), "TLSv1.3");
    }

    /** The JDK resumes the session of such a client without asking the trust manager, in both versions. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResumedSessionOfARemovedAuthorityIsRefused(String protocol) throws Exception {
        Path clients = dir.resolve("clients.crt");
        PemFile.writeCertificates(clients, List.of(authority.certificate()));
        TlsMaterial material = TlsMaterial.load(TlsFiles.of(files).withClientAuthority(clients));
        EchoServer server = serve(material);
        TlsClient client = new TlsClient(authority.certificate(), authority.issueDevice("GID_Sensors@@@one"));
        long begun = resume(client, server, protocol, 0);
        resume(client, server, protocol, begun);

        CertificateAuthority other = CertificateAuthority.openOrCreate(dir.resolve("other"));
        PemFile.writeCertificates(clients, List.of(other.certificate()));
        material.look();
        assertThatThrownBy(() -> resume(client, server, protocol, begun)).isInstanceOf(IOException.class);
    }

    /** Connects, checks that the session is the one that began then, if any, and closes. */
    private static long resume(TlsClient client, EchoServer server, String protocol, long begun) throws Exception {
        try (SSLSocket socket = client.connect("localhost", server.port(), protocol)) {
            long creation = socket.getSession().getCreationTime();
            assertThat(creation).isIn(begun == 0 ? creation : begun);
            TlsClient.roundTrip(socket);
            return creation;
        }
    }

    @Test
    void opensslConnectsWithCaCrtAndSeesTheChain() throws Exception {
        OpenSsl openssl = OpenSsl.in(dir);
        EchoServer server = serve(TlsMaterial.load(TlsFiles.of(files)));
        String output = openssl.run(
                "s_client",
                "-connect",
                "127.0.0.1:" + server.port(),
                "-CAfile",
                "ca/ca.crt",
                "-servername",
                "localhost",
                "-verify_hostname",
                "localhost",
                "-verify_return_error",
                "-showcerts");
        assertThat(output).contains("Verify return code: 0 (ok)").contains("CN = localhost");
    }
}
