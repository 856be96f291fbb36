package isthmus.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way the gateway's transport goes: two SSLEngines, bytes handed over in memory. */
class EngineHandshakeTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, mqtt.example.com, CN=mqtt.example.com",
        "TLSv1.3, mqtt.example.com, CN=mqtt.example.com",
        "TLSv1.3, MQTT.Example.COM, CN=mqtt.example.com",
        "TLSv1.2, elsewhere.example.com, CN=localhost",
        "TLSv1.3, elsewhere.example.com, CN=localhost",
    })
    void theServerNameChoosesTheCertificateOfAnEngineToo(String protocol, String host, String subject)
            throws Exception {
        CertificateAuthority authority = CertificateAuthority.openOrCreate(dir);
        CredentialFiles first = issue(authority, "localhost");
        CredentialFiles second = issue(authority, "mqtt.example.com");
        TlsMaterial material = TlsMaterial.load(new TlsFiles(List.of(first, second), null));
        SSLContext serving = SSLContext.getInstance("TLS");
        serving.init(new KeyManager[] {material.keyManager()}, new TrustManager[] {material.clientTrust()}, null);
        SSLEngine server = serving.createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = trusting(authority.certificate()).createSSLEngine(host, 8883);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setProtocols(new String[] {protocol});
        client.setSSLParameters(parameters);

        handshake(client, server);

        X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
        assertThat(shown.getSubjectX500Principal().getName()).isEqualTo(subject);
        assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
    }

    private CredentialFiles issue(CertificateAuthority authority, String name) {
        CredentialFiles pair = new CredentialFiles(dir.resolve(name + ".crt"), dir.resolve(name + ".key"));
        authority.issueServer(HostNames.of(name)).write(pair.certificate(), pair.key());
        return pair;
    }

    private static SSLContext trusting(X509Certificate authority) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void handshake(SSLEngine client, SSLEngine server) throws Exception {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        for (int step = 0; step < 100 && !(isDone(client) && isDone(server)); step++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        assertThat(isDone(client) && isDone(server)).as("handshake finished").isTrue();
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
            in.flip();
            engine.unwrap(in, ByteBuffer.allocate(1 << 16));
            in.compact();
        } else if (!isDone(engine) || engine.getSession().getProtocol().equals("NONE")) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && !engine.getSession().getProtocol().equals("NONE");
    }
}
