package isthmus.certs;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server on the loopback interface that returns every byte. One SSLContext for all its life. */
final class EchoServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SSLServerSocket socket;

    EchoServer(SSLContext context, boolean needsClientCertificate) throws IOException {
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(needsClientCertificate);
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

    private static void echo(SSLSocket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                connection.getOutputStream().write(read);
            }
        } catch (IOException ended) {
            // the client's side of the test says what happened
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
