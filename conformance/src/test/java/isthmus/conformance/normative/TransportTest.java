package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.DISCONNECT;
import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.RawWebSocket;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4.2 and chapter 6: the same bytes over TCP, TLS and WebSocket. */
@ExtendWith(SharedServer.class)
class TransportTest {
    private final TestServer server;

    TransportTest(TestServer server) {
        this.server = server;
    }

    /** Where bytes go in and come out in their order. */
    private interface Wire extends AutoCloseable {
        void send(String hex);

        String receive(int bytes);

        void awaitClosed();

        @Override
        void close();
    }

    enum Transport {
        TCP,
        TLS,
        WS,
        WSS;

        private Wire open(TestServer server) {
            SSLContext trust = server.trust().context();
            return switch (this) {
                case TCP -> over(RawClient.tcp(server.tcp()));
                case TLS -> over(RawClient.tls(server.tls(), trust));
                case WS -> over(RawWebSocket.open(server.ws(), trust, "mqtt"));
                case WSS -> over(RawWebSocket.open(server.wss(), trust, "mqtt"));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-7.1.1-1", "MQTT-6.0.0-2"})
    void aConversationInOneWriteIsAnsweredInItsOrder(Transport transport) {
        String name = "wire-" + transport;
        String topic = "Norm/wire/" + transport;
        try (Wire wire = transport.open(server)) {
            String publish = publish(topic, "all at once");
            wire.send(Device.connectPacket(name).hex() + subscribe(1, topic, 0) + PINGREQ + publish);
            assertReceived(wire, connAck(0) + subAck(1, 0) + PINGRESP + publish);
            wire.send(DISCONNECT);
            wire.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-7.1.1-1", "MQTT-6.0.0-2"})
    void aConversationByteByByteIsTakenLikeAnyOther(Transport transport) {
        String topic = "Norm/bytes/" + transport;
        try (Wire wire = transport.open(server)) {
            sendByteByByte(wire, Device.connectPacket("bytes-" + transport).hex());
            assertReceived(wire, connAck(0));
            sendByteByByte(wire, subscribe(1, topic, 0));
            assertReceived(wire, subAck(1, 0));
            sendByteByByte(wire, publish(topic, "bit by bit"));
            assertReceived(wire, publish(topic, "bit by bit"));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-7.1.1-1", "MQTT-6.0.0-2"})
    void packetsOfAllSizesComeBackWholeAndInTheirOrder(Transport transport) {
        String topic = "Norm/sizes/" + transport;
        try (Wire wire = transport.open(server)) {
            wire.send(Device.connectPacket("sizes-" + transport).hex() + subscribe(1, topic, 0));
            assertReceived(wire, connAck(0) + subAck(1, 0));
            StringBuilder all = new StringBuilder();
            for (int size : new int[] {0, 1, 100, 125, 126, 127, 128, 4_000, 16_384, 60_000}) {
                all.append(publish(topic, "x".repeat(size)));
            }
            // In pieces that are no packets.
            for (int at = 0; at < all.length(); at += 14_142) {
                wire.send(all.substring(at, Math.min(at + 14_142, all.length())));
            }
            assertReceived(wire, all.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-4.8.0-1", "MQTT-3.1.2-8"})
    void aViolationEndsTheConnectionAndPublishesTheWill(Transport transport) {
        String topic = "Norm/wire-will/" + transport;
        try (Device watcher = Device.clean(server, "wire-will-watcher").subscribed(topic, 1);
                Wire wire = transport.open(server)) {
            wire.send(Device.connectPacket("wire-will")
                    .will(topic, 1, false, "gone")
                    .hex());
            assertReceived(wire, connAck(0));
            wire.send("f000");
            wire.awaitClosed();
            assertThat(watcher.take().payload()).isEqualTo("gone");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-3.1.2-8", "MQTT-3.14.4-3"})
    void aTransportThatBreaksOffPublishesTheWillAndADisconnectDoesNot(Transport transport) {
        String topic = "Norm/broken/" + transport;
        try (Device watcher = Device.clean(server, "broken-watcher").subscribed(topic, 1)) {
            for (boolean polite : new boolean[] {true, false}) {
                try (Wire wire = transport.open(server)) {
                    wire.send(Device.connectPacket("broken")
                            .will(topic, 1, false, polite ? "never" : "gone")
                            .hex());
                    assertReceived(wire, connAck(0));
                    if (polite) {
                        wire.send(DISCONNECT);
                        wire.awaitClosed();
                    }
                }
            }
            assertThat(watcher.take().payload()).isEqualTo("gone");
            watcher.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-24", "MQTT-3.1.2-8"})
    void whoIsSilentForTooLongIsDisconnectedOverEachTransport() {
        String topic = "Norm/wire-silent";
        try (Device watcher = Device.clean(server, "wire-silent-watcher").subscribed(topic + "/+", 1)) {
            List<Wire> wires = new ArrayList<>();
            for (Transport transport : Transport.values()) {
                Wire wire = transport.open(server);
                wires.add(wire);
                wire.send(Device.connectPacket("wire-silent-" + transport)
                        .keepAlive(1)
                        .will(topic + "/" + transport, 1, false, "gone")
                        .hex());
                assertReceived(wire, connAck(0));
            }
            wires.forEach(Wire::awaitClosed);
            Set<String> wills = new HashSet<>();
            wires.forEach(wire -> wills.add(watcher.take().topic()));
            assertThat(wills).containsExactlyInAnyOrder(topic + "/TCP", topic + "/TLS", topic + "/WS", topic + "/WSS");
            wires.forEach(Wire::close);
        }
    }

    @Test
    @Normative({"MQTT-3.1.4-2", "MQTT-3.1.2-4"})
    void aSessionIsTakenOverFromEachTransportToTheNext() {
        String connect = Device.connectPacket("wanderer").stored().hex();
        List<Wire> wires = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            Wire next = transport.open(server);
            next.send(connect);
            assertReceived(next, wires.isEmpty() ? connAck(0) : Device.SESSION_PRESENT);
            if (!wires.isEmpty()) {
                wires.get(wires.size() - 1).awaitClosed();
            }
            wires.add(next);
        }
        wires.forEach(Wire::close);
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-3.2.2-5", "MQTT-3.1.2-2"})
    void aRefusalIsSaidBeforeTheConnectionIsClosed(Transport transport) {
        try (Wire wire = transport.open(server)) {
            wire.send("100700044d51545405");
            assertReceived(wire, connAck(1));
            wire.awaitClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WS", "WSS"})
    @Normative("MQTT-6.0.0-1")
    void aTextFrameEndsTheConnectionAlsoInTheMiddleOfAConversation(Transport transport) {
        String name = "text-frame-" + transport;
        var address = transport == Transport.WS ? server.ws() : server.wss();
        try (RawWebSocket socket = RawWebSocket.open(address, server.trust().context(), "mqtt")) {
            socket.send(Device.connectPacket(name).hex(), true);
            assertThat(socket.receive()).isEqualTo(connAck(0));
            socket.sendText("MQTT is binary");
            assertThat(socket.awaitClosed()).isEqualTo(1003);
        }
        server.awaitLog(Device.id(name), "a WebSocket text frame; MQTT needs binary frames");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WS", "WSS"})
    @Normative("MQTT-6.0.0-4")
    void theSubprotocolIsMqtt(Transport transport) {
        var address = transport == Transport.WS ? server.ws() : server.wss();
        try (RawWebSocket socket = RawWebSocket.open(address, server.trust().context(), "mqtt")) {
            assertThat(socket.subprotocol()).isEqualTo("mqtt");
        }
    }

    private static void sendByteByByte(Wire wire, String hex) {
        for (int i = 0; i < hex.length(); i += 2) {
            wire.send(hex.substring(i, i + 2));
        }
    }

    private static void assertReceived(Wire wire, String expected) {
        assertThat(wire.receive(expected.length() / 2)).isEqualTo(expected);
    }

    private static Wire over(RawClient client) {
        return new Wire() {
            @Override
            public void send(String hex) {
                client.send(hex);
            }

            @Override
            public String receive(int bytes) {
                return client.receive(bytes);
            }

            @Override
            public void awaitClosed() {
                assertThat(client.receiveToEnd()).isEmpty();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    private static Wire over(RawWebSocket socket) {
        return new Wire() {
            private final StringBuilder received = new StringBuilder();

            @Override
            public void send(String hex) {
                socket.send(hex, true);
            }

            @Override
            public String receive(int bytes) {
                while (received.length() < bytes * 2) {
                    received.append(socket.receive());
                }
                String next = received.substring(0, bytes * 2);
                received.delete(0, bytes * 2);
                return next;
            }

            @Override
            public void awaitClosed() {
                assertThat(socket.awaitClosed()).isIn(1000, 1006);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }
}
