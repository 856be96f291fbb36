package isthmus.certs;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A TLS server on the loopback interface that returns every byte, as the gateway would: one SSLContext for all its life,
 * and every client certificate verified after the handshake.
 */
final class EchoServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TlsMaterial material;
    private final SSLServerSocket socket;

    EchoServer(TlsMaterial material) throws IOException, GeneralSecurityException {
        this.material = material;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {material.keyManager()}, new TrustManager[] {material.clientTrust()}, null);
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(material.verifiesClients());
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SSLSocket connection = (SSLSocket) socket.accept();
                threads.execute(() -> echo(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void echo(SSLSocket connection) {
        try (connection) {
            connection.startHandshake();
            material.verifyClient(connection.getSession());
            InputStream in = connection.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                connection.getOutputStream().write(read);
            }
        } catch (IOException | CertificateException ended) {
            // the client's side of the test says what happened
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
