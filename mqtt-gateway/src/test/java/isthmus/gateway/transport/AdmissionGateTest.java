package isthmus.gateway.transport;

import static isthmus.gateway.transport.TestTransport.CONNACK;
import static isthmus.gateway.transport.TestTransport.CONNECT;
import static isthmus.gateway.transport.TestTransport.connect;
import static isthmus.gateway.transport.TestTransport.receive;
import static isthmus.gateway.transport.TestTransport.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.Limit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdmissionGateTest {
    @Test
    void aConnectionTooManyIsClosedAtOnceAndAClosedOneMakesRoom() throws Exception {
        try (TestTransport server = new TestTransport(null, new AdmissionLimits(1, 0, 1000, 0, 1000), 1_000_000)) {
            InetSocketAddress address = server.open(Listener.Kind.TCP);
            try (Socket first = connect(address)) {
                send(first, CONNECT);
                assertThat(receive(first, CONNACK)).isEqualTo(CONNACK);
                try (Socket second = connect(address)) {
                    assertClosed(second);
                }
                assertThat(server.refusals.of(Limit.CONNECTIONS)).isEqualTo(1);
            }
            await().until(() -> server.seen.ended().size() == 1);
            await().ignoreExceptions().until(() -> answers(address));
        }
    }

    @Test
    void aListenerWithTlsSpendsNoHandshakeOnIt(@TempDir Path directory) throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        try (TestTransport server = new TestTransport(
                certificates.serverOptions(null), new AdmissionLimits(100, 0, 2, 0, 100), 1_000_000)) {
            InetSocketAddress address = server.open(Listener.Kind.TLS);
            try (Socket first = connect(address);
                    Socket second = connect(address);
                    Socket third = connect(address)) {
                assertClosed(third);
                assertThat(first.isConnected() && second.isConnected()).isTrue();
            }
            assertThat(server.refusals.of(Limit.CONNECT_RATE)).isEqualTo(1);
        }
    }

    private static boolean answers(InetSocketAddress address) throws IOException {
        try (Socket socket = connect(address)) {
            send(socket, CONNECT);
            return receive(socket, CONNACK).equals(CONNACK);
        }
    }

    private static void assertClosed(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
}
