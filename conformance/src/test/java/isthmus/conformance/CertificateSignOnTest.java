package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device signs on with a certificate that {@code isthmus certs device} has issued, and without a password. */
class CertificateSignOnTest {
    private static final String CLIENT = "GID_Open@@@with-a-certificate";

    @TempDir
    Path directory;

    @Test
    void aCertificateReplacesThePasswordForItsClientIdOnly() throws Exception {
        Path data = directory.resolve("data");
        try (TestServer server = TestServer.startWithSettings(
                data,
                ServerCommand.SHORT_LIVED,
                "mqtt.tls.clientCertificate=optional",
                "mqtt.tls.certificateSignOn=instead",
                "mqtt.tls.certificateAccount=" + TestServer.NARROW_ACCESS_KEY)) {
            SSLSocketFactory withCertificate =
                    contextWithCertificate(server, data).getSocketFactory();
            try (PahoDevice device = PahoDevice.connectWithoutPassword(server.tls(), CLIENT, withCertificate)) {
                device.subscribe("Open/x", 1);
                device.publish("Open/x", "by certificate", 1);
                assertThat(device.next().payload()).isEqualTo("by certificate");
                assertThatThrownBy(() -> device.subscribe("Closed/x", 1)).isInstanceOf(MqttException.class);
            }
            assertThatThrownBy(() ->
                            PahoDevice.connectWithoutPassword(server.tls(), "GID_Open@@@another", withCertificate))
                    .isInstanceOf(MqttException.class);
            SSLSocketFactory withoutCertificate = server.trust().context().getSocketFactory();
            assertThatThrownBy(() -> PahoDevice.connectWithoutPassword(server.tls(), CLIENT, withoutCertificate))
                    .isInstanceOf(MqttException.class);
            PahoDevice.connect(server, server.tls(), CLIENT, options -> {}).close();
        }
    }

    private SSLContext contextWithCertificate(TestServer server, Path data) throws Exception {
        Path issued = directory.resolve("issued");
        try (CapturedProcess command = ServerCommand.start(
                directory,
                Map.of(),
                List.of(
                        "certs",
                        "device",
                        CLIENT,
                        "--dir",
                        data.resolve("certs").toString(),
                        "--out",
                        issued.toString()))) {
            assertThat(command.awaitExit(Duration.ofSeconds(30)))
                    .as(command.output())
                    .isZero();
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "device", key(find(issued, ".key")), new char[0], new Certificate[] {certificate(find(issued, ".crt"))
                });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), server.trust().factory().getTrustManagers(), null);
        return context;
    }

    private static Path find(Path issued, String suffix) throws Exception {
        try (var files = Files.list(issued)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Certificate certificate(Path file) throws Exception {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private static PrivateKey key(Path file) throws Exception {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (GeneralSecurityException notEc) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }
}
