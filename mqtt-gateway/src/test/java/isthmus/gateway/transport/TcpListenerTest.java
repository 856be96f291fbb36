package isthmus.gateway.transport;

import static isthmus.gateway.transport.TestTransport.CONNACK;
import static isthmus.gateway.transport.TestTransport.CONNECT;
import static isthmus.gateway.transport.TestTransport.LOOPBACK;
import static isthmus.gateway.transport.TestTransport.PINGREQ;
import static isthmus.gateway.transport.TestTransport.PINGRESP;
import static isthmus.gateway.transport.TestTransport.connect;
import static isthmus.gateway.transport.TestTransport.receive;
import static isthmus.gateway.transport.TestTransport.receiveText;
import static isthmus.gateway.transport.TestTransport.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.gateway.codec.Packet;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpListenerTest {
    @Test
    void packetsGoBothWaysAndTheClientsAddressIsSeen() throws Exception {
        try (TestTransport server = new TestTransport();
                Socket socket = connect(server.open(Listener.Kind.TCP))) {
            send(socket, CONNECT + PINGREQ);

            assertThat(receive(socket, CONNACK + PINGRESP)).isEqualTo(CONNACK + PINGRESP);
            assertThat(server.seen.packets())
                    .containsExactly(new Packet.Connect("a", true, 60, null, null, null), new Packet.PingReq());
            assertThat(server.seen.peers()).containsOnly(socket.getLocalSocketAddress());
        }
    }

    @Test
    void whoSpeaksHttpIsToldWhereWebSocketIs() throws Exception {
        try (TestTransport server = new TestTransport();
                Socket socket = connect(server.open(Listener.Kind.TCP))) {
            int webSocketPort = server.open(Listener.Kind.WS).getPort();

            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(receiveText(socket))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .endsWith("\r\n\r\nThis port speaks MQTT, not HTTP. MQTT over WebSocket is on port " + webSocketPort
                            + ", path /mqtt.\n");
            assertThat(server.seen.violations()).singleElement().satisfies(violation -> assertThat(violation)
                    .hasMessageContaining("HTTP"));
        }
    }

    @Test
    void aMalformedPacketEndsItsConnectionAndNoOther() throws Exception {
        try (TestTransport server = new TestTransport()) {
            InetSocketAddress address = server.open(Listener.Kind.TCP);
            try (Socket good = connect(address);
                    Socket bad = connect(address)) {
                send(good, CONNECT);
                assertThat(receive(good, CONNACK)).isEqualTo(CONNACK);

                send(bad, CONNECT + "f000");

                assertThat(receive(bad, CONNACK)).isEqualTo(CONNACK);
                assertThat(bad.getInputStream().read()).isEqualTo(-1);
                send(good, PINGREQ);
                assertThat(receive(good, PINGRESP)).isEqualTo(PINGRESP);
            }
        }
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() throws Exception {
        try (TestTransport server = new TestTransport()) {
            int port = server.open(Listener.Kind.TCP).getPort();

            assertThatThrownBy(() -> server.transport.open(new Listener(Listener.Kind.TCP, LOOPBACK, port)))
                    .isInstanceOfSatisfying(ListenerFailure.class, failure -> assertThat(failure.reason())
                            .isEqualTo(ListenerFailure.Reason.PORT_IN_USE))
                    .hasMessage("cannot listen for MQTT on 127.0.0.1:" + port + ": the port is in use; "
                            + "stop the program that uses it, or set mqtt.tcp.port to another port");
        }
    }

    @Test
    void aHostThatIsNotOursIsNamedWithItsSetting() {
        try (TestTransport server = new TestTransport()) {
            for (String host : new String[] {"192.0.2.1", "no.such.host.invalid"}) {
                assertThatThrownBy(() -> server.transport.open(new Listener(Listener.Kind.TCP, host, 0)))
                        .hasMessageContaining(host)
                        .hasMessageContaining("mqtt.tcp.host")
                        .isInstanceOfSatisfying(ListenerFailure.class, failure -> assertThat(failure.reason())
                                .isEqualTo(ListenerFailure.Reason.UNKNOWN_HOST));
            }
        }
    }

    @Test
    void aPortThatAnOrdinaryUserMayNotUseIsExplained() {
        Listener listener = new Listener(Listener.Kind.WS, "0.0.0.0", 80, "/mqtt");

        ListenerFailure failure = ListenerFailure.bind(listener, new BindException("Permission denied"));

        assertThat(failure.reason()).isEqualTo(ListenerFailure.Reason.NOT_ALLOWED);
        assertThat(failure)
                .hasMessage("cannot listen for MQTT over WebSocket on 0.0.0.0:80: an ordinary user may not use a port"
                        + " below 1024; set mqtt.ws.port to 1024 or above, or allow it"
                        + " (sysctl net.ipv4.ip_unprivileged_port_start=80, or the capability CAP_NET_BIND_SERVICE)");
    }

    @Test
    void aTlsListenerWithoutCertificateIsRefused() {
        try (TestTransport server = new TestTransport()) {
            assertThatThrownBy(() -> server.open(Listener.Kind.WSS)).hasMessageContaining("needs a certificate");
        }
    }

    @Test
    void nobodyIsAcceptedAfterStopAcceptingAndConnectionsStay() throws Exception {
        try (TestTransport server = new TestTransport()) {
            InetSocketAddress address = server.open(Listener.Kind.TCP);
            try (Socket socket = connect(address)) {
                send(socket, CONNECT);
                assertThat(receive(socket, CONNACK)).isEqualTo(CONNACK);

                server.transport.stopAccepting();

                assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
                send(socket, PINGREQ);
                assertThat(receive(socket, PINGRESP)).isEqualTo(PINGRESP);
            }
        }
    }

    @Test
    void closeEndsConnectionsAndThreads() throws Exception {
        TestTransport server = new TestTransport();
        try (Socket socket = connect(server.open(Listener.Kind.TCP))) {
            send(socket, CONNECT);
            assertThat(receive(socket, CONNACK)).isEqualTo(CONNACK);

            server.close();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(server.transport.workers().isTerminated()).isTrue();
            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
        }
    }
}
