package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.number;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 1.5.3. */
@ExtendWith(SharedServer.class)
class Utf8StringsTest {
    /** From table 3-7 of the Unicode standard: what no well-formed sequence begins with, holds, or ends within. */
    private static final List<String> ILL_FORMED = List.of(
            "80", // a continuation byte alone
            "bf",
            "c080", // U+0000, overlong
            "c1bf",
            "e08080",
            "e09fbf",
            "f0808080",
            "f08fbfbf",
            "c3", // truncated
            "e282",
            "f09f98",
            "c328", // broken off
            "e228a1",
            "e28228",
            "f0288c80",
            "f09f9828",
            "f4908080", // beyond U+10FFFF
            "f5808080",
            "f888808080", // five and six bytes
            "fc8480808080",
            "fe",
            "ff",
            "fffe");

    /** The first and the last of each kind, and pairs as CESU-8 writes them. */
    private static final List<String> SURROGATES = List.of(
            "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbfbf", "eda0bdedb880", "edafbfedbfbf", "edb080eda080");

    private final TestServer server;

    Utf8StringsTest(TestServer server) {
        this.server = server;
    }

    /** The strings that a client sends, in a packet that is in order but for them. */
    enum Field {
        PROTOCOL_NAME,
        CLIENT_IDENTIFIER,
        WILL_TOPIC,
        USER_NAME,
        TOPIC_NAME,
        FILTER_OF_SUBSCRIBE,
        FILTER_OF_UNSUBSCRIBE;

        boolean isInConnect() {
            return compareTo(USER_NAME) <= 0;
        }

        String packetWith(String bytes) {
            String string = number(bytes.length() / 2) + bytes;
            String head = text("MQTT") + "04";
            return switch (this) {
                case PROTOCOL_NAME -> packet(0x10, string + "0402003c" + text("a"));
                case CLIENT_IDENTIFIER -> packet(0x10, head + "02003c" + string);
                case WILL_TOPIC -> packet(0x10, head + "06003c" + text(Device.id("utf8")) + string + text("gone"));
                case USER_NAME -> packet(0x10, head + "82003c" + text(Device.id("utf8")) + string);
                case TOPIC_NAME -> packet(0x30, string);
                case FILTER_OF_SUBSCRIBE -> packet(0x82, "0001" + string + "00");
                case FILTER_OF_UNSUBSCRIBE -> packet(0xa2, "0001" + string);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({
        "MQTT-1.5.3-1",
        "MQTT-3.1.3-4",
        "MQTT-3.1.3-10",
        "MQTT-3.1.3-11",
        "MQTT-3.3.2-1",
        "MQTT-3.8.3-1",
        "MQTT-3.10.3-1"
    })
    void illFormedUtf8EndsTheConnectionInEveryString(Field field) {
        ILL_FORMED.forEach(bytes -> assertClosed(field, bytes));
    }

    @ParameterizedTest
    @EnumSource
    @Normative("MQTT-1.5.3-1")
    void anEncodedSurrogateEndsTheConnectionInEveryString(Field field) {
        SURROGATES.forEach(bytes -> assertClosed(field, bytes));
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-1.5.3-2", "MQTT-4.7.3-2"})
    void theNullCharacterEndsTheConnectionInEveryString(Field field) {
        assertClosed(field, "00");
    }

    private void assertClosed(Field field, String bytes) {
        for (String place : List.of(bytes, bytes + "2f61", "4e6f726d2f" + bytes, "4e6f726d2f" + bytes + "61")) {
            // A protocol name that is not even MQTT is refused for that.
            try (Device device = field.isInConnect() ? Device.silent(server, "utf8") : Device.clean(server, "utf8")) {
                String received =
                        device.send(field.packetWith(place), PINGREQ).client().receiveToEnd();
                assertThat(received).as("%s with %s", field, place).isEmpty();
            }
        }
    }

    @Test
    @Normative("MQTT-1.5.3-1")
    void everyLengthOfAWellFormedSequenceComesBackAsItWas() {
        try (Device device = Device.clean(server, "well-formed").subscribed("Norm/utf8/#", 0)) {
            // The first and last code points of two, three and four bytes, and those around the surrogates.
            for (String bytes : List.of(
                    "7e", "c2a0", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbd", "f0908080", "f09f9880", "f48fbfbd")) {
                String topic = "Norm/utf8/"
                        + new String(HexFormat.of().parseHex(bytes), java.nio.charset.StandardCharsets.UTF_8);
                device.send(publish(topic, "")).expect(publish(topic, ""));
            }
        }
    }

    @Test
    @Normative("MQTT-1.5.3-3")
    void aByteOrderMarkIsACharacterLikeOthers() {
        String marked = "Norm/bom/\uFEFFa";
        try (Device device = Device.clean(server, "bom").subscribed("Norm/bom/a", 0);
                Device other = Device.clean(server, "\uFEFFbom").subscribed(marked, 0)) {
            device.send(publish(marked, "1"), publish("Norm/bom/a", "2")).expect(publish("Norm/bom/a", "2"));
            other.expect(publish(marked, "1")).expectNothing();
            device.pinged(); // The other one, whose identifier differs by the mark alone, has not taken it over.
        }
    }
}
