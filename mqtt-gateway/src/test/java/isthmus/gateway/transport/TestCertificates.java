package isthmus.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Self-signed certificates of the server (for localhost) and of a device, made by the JDK's keytool. */
final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore server;
    private final KeyStore device;

    TestCertificates(Path directory) throws Exception {
        this.server = keyPair(directory, "server", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
        this.device = keyPair(directory, "device");
    }

    /** For a server that trusts the device's certificate; without asking for it when {@code required} is null. */
    TlsOptions serverOptions(@Nullable Boolean required) throws GeneralSecurityException {
        return new TlsOptions(
                keys(server), required == null ? null : trust(device), Boolean.TRUE.equals(required), session -> {});
    }

    /** For a client that trusts the server, with the device's certificate or without one. */
    SSLContext clientContext(boolean withCertificate) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                withCertificate ? new KeyManager[] {keys(device)} : new KeyManager[0],
                new TrustManager[] {trust(server)},
                null);
        return context;
    }

    private static KeyStore keyPair(Path directory, String name, String... more) throws Exception {
        Path file = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name.toUpperCase(Locale.ROOT),
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool: " + Files.readString(directory.resolve(name + ".log")));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static X509ExtendedKeyManager keys(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    }

    private static X509ExtendedTrustManager trust(KeyStore store) throws GeneralSecurityException {
        try {
            String alias = store.aliases().nextElement();
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(alias, (X509Certificate) store.getCertificate(alias));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** A TLS connection to the address that the plain socket is connected to. */
    static javax.net.ssl.SSLSocket over(Socket socket, SSLContext context) throws IOException {
        return (javax.net.ssl.SSLSocket)
                context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }
}
