package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.DISCONNECT;
import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.connect;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.text;
import static isthmus.conformance.fixture.Packets.unsubAck;
import static isthmus.conformance.fixture.Packets.unsubscribe;
import static isthmus.conformance.normative.Device.id;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.ConnectPacket;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.1 and 3.2: CONNECT and CONNACK, but for Sessions and Wills. */
@ExtendWith(SharedServer.class)
class ConnectTest {
    private static final int RESERVED = 0x01;
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private final TestServer server;

    ConnectTest(TestServer server) {
        this.server = server;
    }

    @Test
    @Normative({
        "MQTT-3.1.2-3",
        "MQTT-3.1.2-9",
        "MQTT-3.1.2-11",
        "MQTT-3.1.2-13",
        "MQTT-3.1.2-14",
        "MQTT-3.1.2-15",
        "MQTT-3.1.2-18",
        "MQTT-3.1.2-19",
        "MQTT-3.1.2-20",
        "MQTT-3.1.2-21",
        "MQTT-3.1.2-22",
        "MQTT-3.1.3-1",
        "MQTT-3.1.3-3",
        "MQTT-3.1.4-1",
        "MQTT-3.1.4-4",
        "MQTT-3.2.0-1",
        "MQTT-3.2.2-3"
    })
    void eachOfTheConnectFlagsHasItsMeaningInAllCombinations() {
        for (int flags = 0; flags < 256; flags++) {
            String name = "flags-" + flags;
            try (Device device = Device.silent(server, name)) {
                device.send(connectWith(flags, payloadFor(flags, name)), PINGREQ);
                assertAnswer(device, flags);
            }
        }
    }

    @Test
    @Normative({
        "MQTT-3.1.2-9",
        "MQTT-3.1.2-11",
        "MQTT-3.1.2-18",
        "MQTT-3.1.2-19",
        "MQTT-3.1.2-20",
        "MQTT-3.1.2-21",
        "MQTT-3.1.4-1"
    })
    void fieldsThatTheFlagsDoNotAnnounceAndFlagsWithoutTheirFieldsEndTheConnection() {
        for (int flags = 0; flags < 256; flags++) {
            for (int payload : new int[] {WILL, USER_NAME, PASSWORD, WILL | USER_NAME, USER_NAME | PASSWORD}) {
                boolean same = (flags & (WILL | USER_NAME | PASSWORD)) == payload;
                // The same number of fields would be taken for those that are announced.
                if (!same && fields(flags) != fields(payload)) {
                    try (Device device = Device.silent(server, "fields")) {
                        device.send(connectWith(flags, payloadFor(payload, "fields")), PINGREQ);
                        String answer = device.client().receiveToEnd();
                        assertThat(answer)
                                .as("flags %02x, fields of %02x", flags, payload)
                                .isEmpty();
                    }
                }
            }
        }
    }

    private static int fields(int flags) {
        return ((flags & WILL) == 0 ? 0 : 2) + Integer.bitCount(flags & (USER_NAME | PASSWORD));
    }

    private static String connectWith(int flags, String payload) {
        return packet(0x10, text("MQTT") + "04" + HexFormat.of().toHexDigits((byte) flags) + "003c" + payload);
    }

    private static String payloadFor(int flags, String name) {
        return text(id(name))
                + ((flags & WILL) == 0 ? "" : text("Norm/flags") + text("gone"))
                + ((flags & USER_NAME) == 0 ? "" : text(TestServer.ACCESS_KEY))
                + ((flags & PASSWORD) == 0 ? "" : text(TestServer.password("GID_Norm")));
    }

    private static void assertAnswer(Device device, int flags) {
        boolean will = (flags & WILL) != 0;
        int willQos = flags >> 3 & 3;
        boolean userName = (flags & USER_NAME) != 0;
        boolean password = (flags & PASSWORD) != 0;
        boolean malformed = (flags & RESERVED) != 0
                || (!will && (willQos != 0 || (flags & WILL_RETAIN) != 0))
                || willQos == 3
                || (password && !userName);
        if (malformed) {
            device.expectClosed();
        } else if (userName && password) {
            device.expect(connAck(0), PINGRESP);
            if ((flags & CLEAN_SESSION) != 0) {
                device.disconnect();
            }
        } else {
            device.expect(connAck(4)).expectClosed(); // Well-formed, but this server wants to know who it is.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "MQT", "mqtt", "MQTX", "MQTTT", " MQTT", "MQTT\u200b", "MQIsdP", "AMQP"})
    @Normative({"MQTT-3.1.2-1", "MQTT-3.1.4-1"})
    void anUnknownProtocolNameEndsTheConnectionWithoutAnAnswer(String name) {
        try (Device device = Device.silent(server, "name")) {
            device.send(packet(0x10, text(name) + "0402003c" + text(id("name"))), PINGREQ)
                    .expectClosed();
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-2", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    void everyOtherProtocolLevelIsRefusedWithOneWhateverFollows() {
        for (int level = 0; level < 256; level++) {
            if (level != 4) {
                String head = text("MQTT") + HexFormat.of().toHexDigits((byte) level);
                for (String rest : List.of("02003c" + text(id("level")), "ffffff", "")) {
                    try (Device device = Device.silent(server, "level")) {
                        device.send(packet(0x10, head + rest))
                                .expect(connAck(1))
                                .expectClosed();
                    }
                }
            }
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-1", "MQTT-3.1.2-2"})
    void mqtt31IsRefusedWithOne() {
        try (Device device = Device.silent(server, "level")) {
            device.send(packet(0x10, text("MQIsdp") + "0302003c" + text(id("level"))))
                    .expect(connAck(1))
                    .expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x02})
    @Normative({"MQTT-3.1.3-8", "MQTT-3.1.3-9", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    void whereClientsHaveGroupsAnEmptyClientIdentifierIsRefusedWithTwo(int cleanSession) {
        try (Device device = Device.silent(server, "empty")) {
            String credentials = text(TestServer.ACCESS_KEY) + text(TestServer.password(""));
            device.send(connectWith(USER_NAME | PASSWORD | cleanSession, text("") + credentials))
                    .expect(connAck(2))
                    .expectClosed();
        }
    }

    @Test
    @Normative("MQTT-3.2.2-6")
    void aConnectThatIsInOrderButGoesBeyondALimitWithoutAReturnCodeIsNotAnswered() {
        ConnectPacket deep = Device.connectPacket("no-code").will("Norm" + "/".repeat(128), 0, false, "x");
        ConnectPacket longer = Device.connectPacket("no-code").will("Norm/" + "x".repeat(1020), 0, false, "x");
        ConnectPacket unprintable = Device.connectPacket("no-\u0007-code");
        for (ConnectPacket connect : List.of(deep, longer, unprintable)) {
            try (Device device = Device.silent(server, "no-code")) {
                device.send(connect.hex()).expectClosed();
            }
        }
    }

    @Test
    @Normative({"MQTT-3.1.3-9", "MQTT-3.1.4-5"})
    void whatComesBehindARefusedConnectIsNotProcessed() {
        try (Device watcher = Device.clean(server, "refused-watcher").subscribed("Norm/refused", 1);
                Device device = Device.silent(server, "refused")) {
            device.send(
                    connect(id("refused"), TestServer.ACCESS_KEY, "wrong"),
                    publish("Norm/refused", 1, 1, "never"),
                    subscribe(2, "Norm/#", 1),
                    PINGREQ);
            device.expect(connAck(4)).expectClosed();
            watcher.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.1.0-2", "MQTT-4.8.0-1"})
    void aSecondConnectEndsTheConnectionAndWhatComesBehindItIsNotProcessed() {
        for (String second : List.of(
                Device.connectPacket("second").hex(),
                Device.connectPacket("another").hex(),
                packet(0x10, text("MQTT") + "05"),
                packet(0x10, text("MQIsdp") + "03"))) {
            try (Device watcher = Device.clean(server, "second-watcher").subscribed("Norm/second", 1);
                    Device device = Device.clean(server, "second")) {
                device.send(second, publish("Norm/second", 1, 1, "never")).expectClosed();
                watcher.expectNothing();
            }
        }
    }

    @Test
    @Normative({"MQTT-3.2.0-1", "MQTT-3.8.4-1", "MQTT-3.12.4-1", "MQTT-3.10.4-4", "MQTT-4.6.0-2", "MQTT-4.6.0-3"})
    void aWholeConversationInOneWriteIsAnsweredInItsOrder() {
        try (Device device = Device.silent(server, "pipelined")) {
            device.send(
                    Device.connectPacket("pipelined").hex(),
                    subscribe(1, "Norm/pipelined", 0),
                    PINGREQ,
                    unsubscribe(2, "Norm/pipelined"),
                    publish("Norm/pipelined", 1, 3, "a"),
                    publish("Norm/pipelined", 1, 4, "b"),
                    PINGREQ);
            device.expect(connAck(0), subAck(1, 0), PINGRESP, unsubAck(2));
            // A PINGRESP may overtake an acknowledgement that waits for the log; acknowledgements keep their order.
            String rest = device.client().receive((pubAck(3) + pubAck(4) + PINGRESP).length() / 2);
            assertThat(rest).containsOnlyOnce(PINGRESP);
            assertThat(rest.replace(PINGRESP, "")).isEqualTo(pubAck(3) + pubAck(4));
            device.send(publish("Norm/pipelined", 2, 5, "c"), publish("Norm/pipelined", 2, 6, "d"))
                    .expect(pubRec(5), pubRec(6));
        }
    }

    @Test
    @Normative("MQTT-3.1.4-4")
    void whatAClientSendsIsTakenAlsoWhenItClosesAtOnce() {
        try (Device watcher = Device.clean(server, "hasty-watcher").subscribed("Norm/hasty/+", 2)) {
            for (int i = 0; i < 100; i++) {
                String name = "hasty-publisher-" + i;
                String publish = publish("Norm/hasty/publish", String.valueOf(i));
                if (i % 2 == 0) {
                    Device.clean(server, name).send(publish, DISCONNECT).close();
                } else { // Nor does it wait for the CONNACK.
                    Device.silent(server, name)
                            .send(Device.connectPacket(name).hex(), publish, DISCONNECT)
                            .close();
                }
                watcher.expect(publish);
            }
        }
    }

    @Test
    @Normative("MQTT-3.1.4-4")
    void aConversationInSingleBytesWithPausesIsTakenLikeAnyOther() throws InterruptedException {
        try (Device device = Device.silent(server, "slow")) {
            sendSlowly(device, Device.connectPacket("slow").hex());
            device.expect(connAck(0));
            sendSlowly(device, subscribe(1, "Norm/slow", 0) + publish("Norm/slow", 1, 2, "x") + PINGREQ);
            device.expect(subAck(1, 0));
            String rest =
                    device.client().receive(4 + 2 + publish("Norm/slow", "x").length() / 2);
            assertThat(rest).contains(pubAck(2), PINGRESP, publish("Norm/slow", "x"));
        }
    }

    /** The pauses are no waiting for a result: they see to it that the server reads single bytes. */
    private static void sendSlowly(Device device, String hex) throws InterruptedException {
        for (int i = 0; i < hex.length(); i += 2) {
            device.send(hex.substring(i, i + 2));
            Thread.sleep(2);
        }
    }
}
