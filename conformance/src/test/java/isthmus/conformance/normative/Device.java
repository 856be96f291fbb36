package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.DISCONNECT;
import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.publishWithFlags;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.ConnectPacket;
import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.TestServer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;

/**
 * A device over TCP that says and hears bytes, with words for what is said often. All devices are of one group, and no
 * two tests use the same name or topics.
 */
final class Device implements AutoCloseable {
    static final String SESSION_PRESENT = "20020100";

    private final RawClient client;
    private final String clientId;
    /** Messages that came before the acknowledgement of what the device itself published. */
    private final Queue<Publication> early = new ArrayDeque<>();

    private Device(TestServer server, String name) {
        client = RawClient.tcp(server.tcp());
        clientId = id(name);
    }

    static String id(String name) {
        return "GID_Norm@@@" + name;
    }

    static ConnectPacket connectPacket(String name) {
        return new ConnectPacket(id(name));
    }

    /** A connection that has said nothing. */
    static Device silent(TestServer server, String name) {
        return new Device(server, name);
    }

    /** Connected with Clean Session 1. */
    static Device clean(TestServer server, String name) {
        return connected(server, name, connectPacket(name));
    }

    /** Connected, with no Session from before. */
    static Device connected(TestServer server, String name, ConnectPacket connect) {
        return new Device(server, name).send(connect.hex()).expect(connAck(0));
    }

    /** Connected with Clean Session 0, with no Session from before. */
    static Device firstStored(TestServer server, String name) {
        return connected(server, name, connectPacket(name).stored());
    }

    /** Connected with Clean Session 0, with the Session from before. */
    static Device returned(TestServer server, String name) {
        return new Device(server, name).send(connectPacket(name).stored().hex()).expect(SESSION_PRESENT);
    }

    RawClient client() {
        return client;
    }

    String clientId() {
        return clientId;
    }

    /** Everything in one write. */
    Device send(String... packets) {
        client.send(String.join("", packets));
        return this;
    }

    /** These bytes come next. */
    Device expect(String... packets) {
        String expected = String.join("", packets);
        assertThat(client.receive(expected.length() / 2)).isEqualTo(expected);
        return this;
    }

    /** A PUBLISH comes next. */
    Publication receive() {
        Publication next = early.poll();
        return next == null ? Publication.of(client.receivePacket()) : next;
    }

    /** This answer comes next, and messages may come before it. */
    private Device awaitAnswer(String answer) {
        String packet = client.receivePacket();
        while (!packet.equals(answer)) {
            early.add(Publication.of(packet));
            packet = client.receivePacket();
        }
        return this;
    }

    /** A PUBLISH comes next, with QoS 1, and is acknowledged. */
    Publication take() {
        Publication publication = receive();
        assertThat(publication.qos()).isEqualTo(1);
        send(pubAck(publication.packetId()));
        return publication;
    }

    /** A PUBLISH comes next, with QoS 2, and is acknowledged to the end. */
    Publication takeTwice() {
        Publication publication = receive();
        assertThat(publication.qos()).isEqualTo(2);
        int id = publication.packetId();
        send(pubRec(id)).expect(pubRel(id)).send(pubComp(id));
        return publication;
    }

    Device subscribed(String filter, int qos) {
        return send(subscribe(0x5b, filter, qos)).expect(subAck(0x5b, qos));
    }

    /** Publishes and waits until the server has the message. */
    Device published(String topic, int qos, String payload) {
        return published(topic, qos, payload, 0);
    }

    Device publishedRetained(String topic, int qos, String payload) {
        return published(topic, qos, payload, 1);
    }

    private Device published(String topic, int qos, String payload, int retain) {
        send(publishWithFlags(qos << 1 | retain, topic, qos == 0 ? 0 : 0x9b, payload));
        return switch (qos) {
            case 1 -> awaitAnswer(pubAck(0x9b));
            case 2 -> awaitAnswer(pubRec(0x9b)).send(pubRel(0x9b)).awaitAnswer(pubComp(0x9b));
            default -> this;
        };
    }

    /** The server answers, so that it has taken everything from before, and has sent nothing since. */
    Device pinged() {
        return send(PINGREQ).expect(PINGRESP);
    }

    /**
     * Nothing that was in the log before now is on its way: a message that the device sends to itself, without any
     * subscription, comes next, and then nothing. The server has taken its acknowledgement.
     */
    Device expectNothing() {
        String payload = "marker " + UUID.randomUUID();
        Publication marker = published("Norm/p2p/" + clientId, 1, payload).receive();
        assertThat(marker.payload())
                .as("nothing was expected, but %s came", marker)
                .isEqualTo(payload);
        return send(pubAck(marker.packetId())).pinged();
    }

    /** Everything that was in the log before now has come, and does not matter; nothing of it needs an acknowledgement. */
    Device drained() {
        send(marker());
        String packet = client.receivePacket();
        while (!packet.equals(marker())) {
            packet = client.receivePacket();
        }
        return this;
    }

    private String marker() {
        return publish("Norm/p2p/" + clientId, "marker");
    }

    /** The server closes the connection and says nothing more. */
    void expectClosed() {
        assertThat(client.receiveToEnd()).isEmpty();
    }

    /** Takes leave, and returns when the server has noticed. */
    void disconnect() {
        send(DISCONNECT).expectClosed();
        close();
    }

    /** Ends the connection without a DISCONNECT. */
    @Override
    public void close() {
        client.close();
    }
}
