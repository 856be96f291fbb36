package isthmus.gateway.transport;

import static isthmus.gateway.transport.TestTransport.CONNACK;
import static isthmus.gateway.transport.TestTransport.CONNECT;
import static isthmus.gateway.transport.TestTransport.connect;
import static isthmus.gateway.transport.TestTransport.receive;
import static isthmus.gateway.transport.TestTransport.receiveText;
import static isthmus.gateway.transport.TestTransport.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.limits.Crowd;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.session.GatewayCounters;
import isthmus.gateway.session.MqttConnection;
import isthmus.gateway.session.SessionLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
@Timeout(60)
class TlsListenerTest {
    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        certificates = new TestCertificates(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void packetsGoBothWaysAndTheClientsAddressIsSeen(String version) throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(null));
                SSLSocket socket = tls(server.open(Listener.Kind.TLS), certificates.clientContext(false))) {
            socket.setEnabledProtocols(new String[] {version});

            send(socket, CONNECT);

            assertThat(receive(socket, CONNACK)).isEqualTo(CONNACK);
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(server.seen.peers()).containsExactly(socket.getLocalSocketAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, "474554202f20485454502f312e310d0a0d0a", "00000000000000"})
    void plainTextEndsItsConnectionAndNoOther(String plainText) throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(null))) {
            InetSocketAddress address = server.open(Listener.Kind.TLS);
            try (Socket plain = connect(address);
                    SSLSocket good = tls(address, certificates.clientContext(false))) {
                send(plain, plainText);
                receiveText(plain);
                send(good, CONNECT);

                assertThat(receive(good, CONNACK)).isEqualTo(CONNACK);
                assertThat(server.seen.packets()).hasSize(1);
                assertThat(server.seen.violations()).isEmpty();
                assertThat(server.seen.failures())
                        .singleElement()
                        .hasToString(
                                "isthmus.gateway.transport.TransportFailure: it spoke plain text, or something else"
                                        + " that is not TLS, to a port with TLS");
            }
        }
    }

    /** With the connection of the gateway, whose own timer it is. */
    @Test
    void whoDoesNotFinishTheHandshakeInTimeSentNoConnectInTime() throws Exception {
        SessionLimits limits = GatewayFixture.limits(10, 10, Duration.ofMillis(200));
        GatewayCounters counters = new GatewayCounters();
        Crowd<MqttConnection> connecting = new Crowd<>(10, MqttConnection::crowdOut);
        try (TestTransport server = new TestTransport(
                certificates.serverOptions(null), seen -> new MqttConnection(null, limits, counters, connecting))) {
            InetSocketAddress address = server.open(Listener.Kind.TLS);
            try (Socket silent = connect(address);
                    Socket slow = connect(address)) {
                send(slow, "1603010005010000");
                receiveText(silent);
                receiveText(slow);
            }
            await().until(() -> counters.disconnects(DisconnectReason.CONNECT_TIMEOUT) == 2);
        }
        assertThat(DisconnectReason.values())
                .filteredOn(reason -> counters.disconnects(reason) > 0)
                .containsExactly(DisconnectReason.CONNECT_TIMEOUT);
        assertThat(counters.disconnects(DisconnectReason.CONNECT_TIMEOUT)).isEqualTo(2);
    }

    @Test
    void aClientWithoutTheRequiredCertificateIsRefused() throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(true))) {
            InetSocketAddress address = server.open(Listener.Kind.TLS);
            try (SSLSocket without = tls(address, certificates.clientContext(false));
                    SSLSocket with = tls(address, certificates.clientContext(true))) {
                assertThatThrownBy(() -> {
                            send(without, CONNECT);
                            without.getInputStream().read();
                        })
                        .isInstanceOf(IOException.class);
                send(with, CONNECT);
                assertThat(receive(with, CONNACK)).isEqualTo(CONNACK);
                assertThat(server.seen.packets()).hasSize(1);
                assertThat(server.seen.failures()).singleElement().satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("certificate"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ofAClientThatDoesNotTrustTheServerItIsSaidSo(String version) throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(null));
                SSLSocket distrustful = tls(server.open(Listener.Kind.TLS), SSLContext.getDefault())) {
            distrustful.setEnabledProtocols(new String[] {version});
            assertThatThrownBy(distrustful::startHandshake).isInstanceOf(IOException.class);
            expectDistrust(server);
        }
    }

    @Test
    void soItIsWhenTheClientSaysItInPlainTextAsOpenSslDoes() throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(null));
                Socket openSsl = connect(server.open(Listener.Kind.TLS))) {
            SSLEngine engine = certificates.clientContext(false).createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            openSsl.getOutputStream().write(hello.array(), 0, hello.position());
            openSsl.getInputStream().read();
            send(openSsl, "15030300020230"); // a fatal alert: unknown_ca
            expectDistrust(server);
        }
    }

    private static void expectDistrust(TestTransport server) {
        await().untilAsserted(
                        () -> assertThat(server.seen.failures()).singleElement().satisfies(failure -> assertThat(
                                        failure.sentence())
                                .contains("does not trust the server's certificate")));
    }

    @Test
    void aCertificateThatIsNotRequiredMayBeMissing() throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(false));
                SSLSocket without = tls(server.open(Listener.Kind.TLS), certificates.clientContext(false))) {
            send(without, CONNECT);

            assertThat(receive(without, CONNACK)).isEqualTo(CONNACK);
        }
    }

    @Test
    void whoSpeaksHttpOverTlsIsAnswered() throws Exception {
        try (TestTransport server = new TestTransport(certificates.serverOptions(null));
                SSLSocket socket = tls(server.open(Listener.Kind.TLS), certificates.clientContext(false))) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(receiveText(socket)).startsWith("HTTP/1.1 400").contains("No WebSocket listener is open.");
        }
    }

    private static SSLSocket tls(InetSocketAddress address, SSLContext context) throws IOException {
        return TestCertificates.over(connect(address), context);
    }
}
