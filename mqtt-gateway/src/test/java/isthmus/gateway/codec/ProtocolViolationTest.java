package isthmus.gateway.codec;

import static isthmus.gateway.codec.Bytes.CONNECT;
import static isthmus.gateway.codec.Bytes.decode;
import static isthmus.gateway.codec.Bytes.field;
import static isthmus.gateway.codec.Bytes.packet;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.codec.Bytes.Decoded;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule that a single packet can break, with the statement that names it. */
class ProtocolViolationTest {
    private static final String GENERAL = "MQTT-4.8.0-1";
    private static final String CONTROL = "\u0001";

    static Stream<Arguments> brokenConnects() {
        return Stream.of(
                broken("MQTT-3.1.2-1", "Protocol Name", packet("10", field("MQTX") + "04 02 0000" + field("a"))),
                broken("MQTT-3.1.2-1", "Protocol Name", packet("10", field("mqtt") + "04 02 0000" + field("a"))),
                broken(GENERAL, "Protocol Level", packet("10", field("MQTT"))),
                broken(GENERAL, "Connect Flags", packet("10", field("MQTT") + "04")),
                broken(GENERAL, "Keep Alive", packet("10", field("MQTT") + "04 02 00")),
                broken(GENERAL, "Client Identifier", connect("02", "")),
                broken(GENERAL, "Client Identifier", connect("02", "0002 61")),
                broken(GENERAL, "U+0001 in the Client Identifier", connect("02", field("a" + CONTROL))),
                broken(GENERAL, "U+0085 in the Client Identifier", connect("02", field("\u0085"))),
                broken("MQTT-3.1.2-3", "reserved", connect("03", field("a"))),
                broken("MQTT-3.1.2-13", "Will QoS", connect("0a", field("a"))),
                broken("MQTT-3.1.2-13", "Will QoS", connect("1a", field("a"))),
                broken("MQTT-3.1.2-15", "Will Retain", connect("22", field("a"))),
                broken("MQTT-3.1.2-14", "Will QoS 3", connect("1e", field("a") + field("t") + "0000")),
                broken("MQTT-3.1.2-22", "Password", connect("42", field("a") + field("secret"))),
                broken(GENERAL, "Will Topic", connect("06", field("a"))),
                broken(GENERAL, "Will Message", connect("06", field("a") + field("t"))),
                broken("MQTT-4.7.1-1", "'t/#'", connect("06", field("a") + field("t/#") + "0000")),
                broken("MQTT-4.7.3-1", "empty", connect("06", field("a") + "0000 0000")),
                broken(GENERAL, "User Name", connect("82", field("a"))),
                broken(GENERAL, "Password", connect("c2", field("a") + field("u"))),
                broken("MQTT-3.1.4-1", "5 bytes more", connect("02", field("a") + field("abc"))));
    }

    static Stream<Arguments> brokenHeaders() {
        return Stream.of(
                broken(GENERAL, "type 0 is reserved", "00 00"),
                broken(GENERAL, "type 15 is reserved", "f0 00"),
                broken("MQTT-2.2.2-2", "CONNECT has the fixed header flags 0001", "11 00"),
                broken("MQTT-2.2.2-2", "PUBACK", "41 02 0001"),
                broken("MQTT-2.2.2-2", "PUBREC", "52 02 0001"),
                broken("MQTT-3.6.1-1", "flags 0000 (expected: 0010)", "60 02 0001"),
                broken("MQTT-3.6.1-1", "PUBREL", "63 02 0001"),
                broken("MQTT-2.2.2-2", "PUBCOMP", "72 02 0001"),
                broken("MQTT-3.8.1-1", "SUBSCRIBE", packet("80", "0001" + field("a") + "00")),
                broken("MQTT-3.10.1-1", "UNSUBSCRIBE", packet("a0", "0001" + field("a"))),
                broken("MQTT-2.2.2-2", "PINGREQ", "c1 00"),
                broken("MQTT-3.14.1-1", "DISCONNECT", "e1 00"),
                broken(GENERAL, "CONNACK came from a client", "20 02 0000"),
                broken(GENERAL, "SUBACK came from a client", "90 03 0001 00"),
                broken(GENERAL, "UNSUBACK came from a client", "b0 02 0001"),
                broken(GENERAL, "PINGRESP came from a client", "d0 00"),
                broken(GENERAL, "PINGREQ has a Remaining Length of more than four", "c0 80 80 80 80"),
                broken("limit", "too large", "30 ff ff ff 7f"));
    }

    static Stream<Arguments> brokenPublishes() {
        return Stream.of(
                broken("MQTT-3.3.1-4", "QoS 3", packet("36", field("a") + "0001")),
                broken("MQTT-3.3.1-2", "DUP", packet("38", field("a"))),
                broken("MQTT-2.3.1-1", "Packet Identifier 0", packet("32", field("a") + "0000")),
                broken(GENERAL, "Packet Identifier", packet("32", field("a") + "00")),
                broken(GENERAL, "Packet Identifier", packet("34", field("a"))),
                broken(GENERAL, "Topic Name", packet("30", "")),
                broken(GENERAL, "Topic Name", packet("30", "00")),
                broken(GENERAL, "Topic Name", packet("30", "0005 61")),
                broken("MQTT-4.7.3-1", "empty", packet("30", "0000 01")),
                broken("MQTT-4.7.1-1", "'a/+/b'", packet("30", field("a/+/b"))),
                broken("MQTT-4.7.1-1", "'#'", packet("30", field("a#"))),
                broken("MQTT-1.5.3-2", "U+0000", packet("30", field("a\0b"))),
                broken(GENERAL, "'a?b' has the control character U+0001", packet("30", field("a" + CONTROL + "b"))),
                broken(GENERAL, "U+001F", packet("30", field("\u001f"))),
                broken(GENERAL, "U+007F", packet("30", field("\u007f"))),
                broken(GENERAL, "U+009F", packet("30", field("\u009f"))),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0002 c3 28")),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0001 ff")),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0002 c0 80")),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0002 e4 bd")),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0003 ed a0 80")),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0006 ed a0 bd ed b8 80")),
                broken("MQTT-1.5.3-1", "ill-formed", packet("30", "0004 f4 90 80 80")),
                broken("limit", "65 bytes long (this server allows 64)", packet("30", field("a".repeat(65)))),
                broken("limit", "66 bytes", packet("30", field("\u4f60".repeat(22)))),
                broken("limit", "6 levels", packet("30", field("/////"))));
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                broken(GENERAL, "PUBACK", "40 00"),
                broken(GENERAL, "PUBACK", "40 01 00"),
                broken(GENERAL, "1 bytes more", "40 03 0001 00"),
                broken("MQTT-2.3.1-1", "PUBACK", "40 02 0000"),
                broken("MQTT-2.3.1-1", "PUBREC", "50 02 0000"),
                broken("MQTT-2.3.1-1", "PUBREL", "62 02 0000"),
                broken("MQTT-2.3.1-1", "PUBCOMP", "70 02 0000"),
                broken(GENERAL, "PINGREQ", "c0 01 00"),
                broken(GENERAL, "DISCONNECT", "e0 02 0000"),
                broken("MQTT-3.8.3-3", "SUBSCRIBE has no Topic Filter", "82 02 0001"),
                broken("MQTT-2.3.1-1", "SUBSCRIBE", packet("82", "0000" + field("a") + "00")),
                broken("MQTT-3-8.3-4", "byte 3", packet("82", "0001" + field("a") + "03")),
                broken("MQTT-3-8.3-4", "byte 129", packet("82", "0001" + field("a") + "81")),
                broken(GENERAL, "Requested QoS", packet("82", "0001" + field("a"))),
                broken("MQTT-4.7.1-2", "'#' before its end", packet("82", "0001" + field("a/#/b") + "00")),
                broken("MQTT-4.7.1-2", "'a#'", packet("82", "0001" + field("a#") + "00")),
                broken("MQTT-4.7.1-3", "'a+'", packet("82", "0001" + field("a+") + "00")),
                broken("MQTT-4.7.1-3", "'+a/b'", packet("82", "0001" + field("+a/b") + "00")),
                broken("MQTT-4.7.3-1", "empty", packet("82", "0001 0000 00")),
                broken(GENERAL, "U+0002", packet("82", "0001" + field("\u0002") + "00")),
                broken("MQTT-3.10.3-2", "UNSUBSCRIBE has no Topic Filter", "a2 02 0001"),
                broken("MQTT-2.3.1-1", "UNSUBSCRIBE", packet("a2", "0000" + field("a"))),
                broken("MQTT-4.7.1-3", "'a/b+'", packet("a2", "0001" + field("a/b+"))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenConnects")
    @Normative({
        "MQTT-3.1.2-1",
        "MQTT-3.1.2-3",
        "MQTT-3.1.2-13",
        "MQTT-3.1.2-14",
        "MQTT-3.1.2-15",
        "MQTT-3.1.2-22",
        "MQTT-3.1.4-1"
    })
    void brokenConnectIsRefused(String statement, String named, String bytes) {
        assertRefused(decode(bytes + "c000"), 0, statement, named);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource({"brokenHeaders", "brokenPublishes", "brokenBodies"})
    @Normative({
        "MQTT-1.5.3-1",
        "MQTT-1.5.3-2",
        "MQTT-2.2.2-2",
        "MQTT-2.3.1-1",
        "MQTT-3.3.1-2",
        "MQTT-3.3.1-4",
        "MQTT-3.6.1-1",
        "MQTT-3.8.1-1",
        "MQTT-3.8.3-3",
        "MQTT-3-8.3-4",
        "MQTT-3.10.1-1",
        "MQTT-3.10.3-2",
        "MQTT-3.14.1-1",
        "MQTT-4.7.1-1",
        "MQTT-4.7.1-2",
        "MQTT-4.7.1-3",
        "MQTT-4.7.3-1"
    })
    void brokenPacketIsRefused(String statement, String named, String bytes) {
        assertRefused(decode(CONNECT + bytes + "c000"), 1, statement, named);
    }

    @Test
    void noSecretAndNoPayloadIsPrinted() {
        Payload hidden = Payload.wrap("secret".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Will will = new Will("t", hidden, QoS.AT_MOST_ONCE, false);

        assertThat(new Packet.Connect("c", true, 1, will, "user", hidden).toString())
                .isEqualTo("Connect[clientId=c, cleanSession=true, keepAliveSeconds=1,"
                        + " will=Will[topic=t, qos=AT_MOST_ONCE, retain=false], userName=user]");
    }

    @Test
    void aViolationCostsNoStackTrace() {
        assertThat(new ProtocolViolation("MQTT-3.1.0-2", "second CONNECT").getStackTrace())
                .isEmpty();
    }

    private static void assertRefused(Decoded decoded, int packetsBefore, String statement, String named) {
        assertThat(decoded.packets()).hasSize(packetsBefore);
        assertThat(decoded.violations()).singleElement().satisfies(violation -> {
            assertThat(violation).hasMessageContaining(named);
            assertThat(violation.statement()).isEqualTo(statement);
        });
    }

    private static String connect(String flags, String payload) {
        return packet("10", field("MQTT") + "04" + flags + "003c" + payload);
    }

    private static Arguments broken(String statement, String named, String bytes) {
        return Arguments.of(statement, named, bytes);
    }
}
