package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device that trusts {@code ca.crt} and sends itself one message over TLS: {@code MqttOverTls [DEVICE_ID]}. */
public final class MqttOverTls {
    private MqttOverTls() {}

    public static void main(String[] args) throws Exception {
        Settings settings = new Settings();
        String clientId = settings.clientId(Arguments.text(args, 0, "tls"));
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(settings.accessKey);
        options.setPassword(Password.of(settings.groupId, settings.secretKey).toCharArray());
        options.setSocketFactory(trusting(settings.caFile())); // Paho checks the host name and sends it (SNI)

        CountDownLatch missing = new CountDownLatch(1);
        String uri = "ssl://" + settings.host + ":" + settings.tlsPort;
        MqttClient client = new MqttClient(uri, clientId, new MemoryPersistence());
        client.connect(options);
        client.subscribe(settings.topic + "/tls", 1, (topic, message) -> {
            System.out.println("received over TLS: " + new String(message.getPayload(), UTF_8));
            missing.countDown();
        });
        client.publish(settings.topic + "/tls", "nobody listens in".getBytes(UTF_8), 1, false);
        boolean complete = missing.await(20, TimeUnit.SECONDS);
        client.disconnect();
        client.close();
        System.exit(complete ? 0 : 1);
    }

    /** Sockets that accept servers whose certificate this authority has signed, and no others. */
    private static SSLSocketFactory trusting(Path caFile) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
