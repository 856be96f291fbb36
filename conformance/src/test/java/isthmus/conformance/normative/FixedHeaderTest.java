package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.number;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.text;
import static isthmus.conformance.fixture.Packets.unsubAck;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter 2: every first byte, the Remaining Length, the Packet Identifier, and bodies that are cut or have something more. */
@ExtendWith(SharedServer.class)
class FixedHeaderTest {
    private static final String TOPIC = text("Norm/header");

    /** Of every packet that a client sends after CONNECT, by its first byte: a body that is in order. */
    private static final Map<Integer, String> BODIES = Map.ofEntries(
            Map.entry(0x30, TOPIC),
            Map.entry(0x31, TOPIC),
            Map.entry(0x32, TOPIC + "0007"),
            Map.entry(0x33, TOPIC + "0007"),
            Map.entry(0x3a, TOPIC + "0007"),
            Map.entry(0x3b, TOPIC + "0007"),
            Map.entry(0x34, TOPIC + "0007"),
            Map.entry(0x35, TOPIC + "0007"),
            Map.entry(0x3c, TOPIC + "0007"),
            Map.entry(0x3d, TOPIC + "0007"),
            Map.entry(0x40, "0007"),
            Map.entry(0x50, "0007"),
            Map.entry(0x62, "0007"),
            Map.entry(0x70, "0007"),
            Map.entry(0x82, "0007" + TOPIC + "01"),
            Map.entry(0xa2, "0007" + TOPIC),
            Map.entry(0xc0, ""),
            Map.entry(0xe0, ""));

    private final TestServer server;

    FixedHeaderTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    @Normative({
        "MQTT-2.2.2-1",
        "MQTT-2.2.2-2",
        "MQTT-3.3.1-2",
        "MQTT-3.3.1-4",
        "MQTT-3.6.1-1",
        "MQTT-3.8.1-1",
        "MQTT-3.10.1-1",
        "MQTT-3.14.1-1",
        "MQTT-4.8.0-1"
    })
    void ofAllTypesAndFlagsOnlyThoseThatAClientMaySendAreTaken(int type) {
        for (int flags = 0; flags < 16; flags++) {
            int first = type << 4 | flags;
            // With any other flags, the body is what it would be with the right ones.
            String body = BODIES.getOrDefault(first, type == 3 ? TOPIC + "0007" : bodyOf(type));
            try (Device device = Device.clean(server, "first-byte")) {
                device.send(packet(first, body));
                if (BODIES.containsKey(first) && type != 14) {
                    device.expect(answerTo(first)).pinged();
                } else {
                    device.expectClosed();
                }
            }
        }
    }

    private static String bodyOf(int type) {
        return BODIES.entrySet().stream()
                .filter(each -> each.getKey() >> 4 == type)
                .map(Map.Entry::getValue)
                .findAny()
                .orElse("0007");
    }

    private static String answerTo(int first) {
        return switch (first) {
            case 0x32, 0x33, 0x3a, 0x3b -> pubAck(7);
            case 0x34, 0x35, 0x3c, 0x3d -> pubRec(7);
            case 0x50 -> pubRel(7);
            case 0x62 -> pubComp(7);
            case 0xc0 -> PINGRESP;
            case 0x82 -> subAck(7, 1);
            case 0xa2 -> unsubAck(7);
            default -> "";
        };
    }

    @Test
    @Normative({"MQTT-3.1.0-1", "MQTT-2.2.2-2"})
    void ofAllFirstBytesOnlyThatOfAConnectMayBeginAConnection() {
        String connect = Device.connectPacket("first-byte").hex();
        for (int first = 0; first < 256; first++) {
            try (Device device = Device.silent(server, "first-byte")) {
                String bytes = HexFormat.of().toHexDigits((byte) first) + connect.substring(2);
                device.send(bytes);
                if (first == 0x10) {
                    device.expect(connAck(0));
                } else {
                    device.expectClosed();
                }
            }
        }
    }

    @Test
    @Normative("MQTT-4.8.0-1")
    void aBodyThatIsCutAnywhereEndsTheConnection() {
        BODIES.forEach((first, body) -> {
            for (int length = 0; length < body.length(); length += 2) {
                String cut = packet(first, body.substring(0, length));
                try (Device device = Device.clean(server, "cut")) {
                    String answer = device.send(cut, PINGREQ).client().receiveToEnd();
                    assertThat(answer).as(cut).isEmpty();
                }
            }
        });
    }

    @Test
    @Normative("MQTT-4.8.0-1")
    void aBodyWithSomethingMoreEndsTheConnection() {
        BODIES.forEach((first, body) -> {
            if (first >> 4 != 3) { // Of a PUBLISH, it is the payload.
                try (Device device = Device.clean(server, "more")) {
                    String more = packet(first, body + "00");
                    String answer = device.send(more, PINGREQ).client().receiveToEnd();
                    assertThat(answer).as(more).isEmpty();
                }
            }
        });
    }

    @Test
    @Normative("MQTT-3.1.4-1")
    void aConnectThatIsCutAnywhereOrHasSomethingMoreGetsNoConnAck() {
        String whole = Device.connectPacket("cut-connect")
                .will("Norm/header", 1, true, "gone")
                .hex();
        String body = whole.substring(4); // Its Remaining Length has one byte.
        assertThat(packet(0x10, body)).isEqualTo(whole);
        for (int length = 0; length <= body.length() + 2; length += 2) {
            if (length != body.length()) {
                try (Device device = Device.silent(server, "cut-connect")) {
                    device.send(packet(0x10, (body + "00").substring(0, length)), PINGREQ);
                    assertThat(device.client().receiveToEnd())
                            .as("%s bytes", length / 2)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void aRemainingLengthMayHaveOneToFourBytesAndNotFive() {
        try (Device device = Device.clean(server, "length")) {
            device.send("c000", "c08000", "c0808000", "c080808000").expect(PINGRESP, PINGRESP, PINGRESP, PINGRESP);
            device.send("c08080808000").expectClosed();
        }
        try (Device device = Device.clean(server, "length")) {
            device.send("30ffffffff").expectClosed(); // The fourth byte says that a fifth one follows.
        }
        String connect = Device.connectPacket("length").hex();
        int length = Integer.parseInt(connect.substring(2, 4), 16);
        for (String padded : new String[] {"%02x", "%02x00", "%02x8000", "%02x808000"}) {
            int first = padded.equals("%02x") ? length : length | 0x80;
            try (Device device = Device.silent(server, "length")) {
                device.send("10" + padded.formatted(first) + connect.substring(4))
                        .expect(connAck(0));
            }
        }
        try (Device device = Device.silent(server, "length")) {
            device.send("10" + "%02x80808000".formatted(length | 0x80) + connect.substring(4))
                    .expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 112, 113, 114, 16_368, 16_369, 16_370, 16_371, 60_000, 65_516})
    void aPacketOfAnyLengthUpToTheLimitComesBackAsItWas(int payload) {
        try (Device device = Device.clean(server, "lengths").subscribed("Norm/lengths", 0)) {
            String publish = publish("Norm/lengths", "x".repeat(payload));
            device.send(publish).expect(publish);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x32, 0x34, 0x40, 0x50, 0x62, 0x70, 0x82, 0xa2})
    @Normative("MQTT-2.3.1-1")
    void thePacketIdentifierZeroEndsTheConnection(int first) {
        try (Device device = Device.clean(server, "zero")) {
            device.send(packet(first, BODIES.get(first).replace("0007", "0000")), PINGREQ)
                    .expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 32_768, 65_535})
    @Normative({
        "MQTT-2.3.1-6",
        "MQTT-2.3.1-7",
        "MQTT-3.8.4-2",
        "MQTT-3.10.4-4",
        "MQTT-4.3.2-2",
        "MQTT-4.3.3-2",
        "MQTT-3.3.4-1"
    })
    void everyAnswerHasThePacketIdentifierOfItsQuestion(int id) {
        String hex = number(id);
        try (Device device = Device.clean(server, "identifiers")) {
            device.send(packet(0x32, TOPIC + hex)).expect("4002", hex);
            device.send(packet(0x34, TOPIC + hex)).expect("5002", hex);
            device.send("6202" + hex).expect("7002", hex);
            device.send("5002" + hex).expect("6202", hex);
            device.send(packet(0x82, hex + TOPIC + "02")).expect("9003", hex, "02");
            device.send(packet(0xa2, hex + TOPIC)).expect("b002", hex);
        }
    }

    @Test
    @Normative({"MQTT-2.3.1-5", "MQTT-4.3.1-1", "MQTT-3.3.1-2"})
    void withQosZeroThereIsNoPacketIdentifierAndNoDup() {
        try (Device device = Device.clean(server, "no-identifier").subscribed("Norm/no-identifier", 2)) {
            // What would be the identifier is the payload.
            device.send(packet(0x30, text("Norm/no-identifier") + "0007"))
                    .expect(packet(0x30, text("Norm/no-identifier") + "0007"));
        }
    }
}
