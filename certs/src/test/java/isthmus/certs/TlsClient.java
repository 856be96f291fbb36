package isthmus.certs;

import java.io.EOFException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of the JDK that trusts one authority and may show a certificate. */
final class TlsClient {
    private final SSLContext context = SSLContext.getInstance("TLS");

    TlsClient(X509Certificate trusted, @Nullable Credential own) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (own != null) {
            store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
        }
        keys.init(store, new char[0]);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    /** Connects to the loopback interface as if it were this host, checks its name, and finishes the handshake. */
    SSLSocket connect(String host, int port, String... protocols) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(10_000);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (host.indexOf('.') > 0 && !host.endsWith(".1")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        socket.setSSLParameters(parameters);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    static X509Certificate certificateOf(SSLSocket socket) throws Exception {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** Sends a byte and reads it back: in TLS 1.3 only this shows a client whether its certificate was accepted. */
    static void roundTrip(SSLSocket socket) throws Exception {
        socket.getOutputStream().write(42);
        int back = socket.getInputStream().read();
        if (back != 42) {
            throw new EOFException("read " + back + " (expected: 42)");
        }
    }
}
