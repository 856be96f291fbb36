package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4.7: Topic Names and Topic Filters that match, and those that do not. */
@ExtendWith(SharedServer.class)
class TopicTest {
    private static final List<String> NAMES = List.of(
            "Norm/match",
            "Norm/match/",
            "Norm/match//",
            "Norm/match/a",
            "Norm/match/A",
            "Norm/match/a/b",
            "Norm/match/a/",
            "Norm/match//a",
            "Norm/match/$a",
            "Norm/match/a b",
            "Norm/match/\u00e9", // composed
            "Norm/match/e\u0301", // and decomposed
            "Norm/match/a%2fb",
            "Norm/match/a\\b",
            "Norm/match/.",
            "Norm/match/..");

    private final TestServer server;

    TopicTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({
        "Norm/match, 0",
        "Norm/match/, 1",
        "Norm/match//, 2",
        "Norm/match/a, 3",
        "Norm/match/A, 4",
        "Norm/match/a/b, 5",
        "Norm/match/a/, 6",
        "Norm/match//a, 7",
        "Norm/match/\u00e9, 10",
        "Norm/match/e\u0301, 11",
        "Norm/match/a%2fb, 12",
        "Norm/match/., 14",
        "Norm/match/.., 15",
        "Norm/match/#, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "Norm/match/+, 1 3 4 8 9 10 11 12 13 14 15",
        "Norm/+, 0",
        "Norm/match/+/, 2 6",
        "Norm/match/a/#, 3 5 6",
        "Norm/match/a/+, 5 6",
        "Norm/match/+/+, 2 5 6 7",
        "Norm/match//+, 2 7",
        "Norm/match//#, 1 2 7",
        "+/match/a, 3",
        "+/+/a/b, 5",
        "+/match/+/b/#, 5",
        "Norm/match/$a, 8",
        "Norm/Match/a, ''",
        "norm/match/a, ''",
        "Norm/matc, ''",
    })
    @Normative({"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.3-4", "MQTT-3.3.2-3", "MQTT-3.8.3-2"})
    void aFilterMatchesWhatSection47SaysAndComparesCharacterByCharacter(String filter, String matching) {
        try (Device publisher = Device.clean(server, "match-publisher");
                Device subscriber = Device.clean(server, "match")) {
            String granted = filter.startsWith("norm") ? "80" : "00"; // No such parent topic.
            subscriber
                    .send(subscribe(1, filter, 0))
                    .expect("90030001" + granted)
                    .drained();
            NAMES.forEach(name -> publisher.send(publish(name, "")));
            publisher.expectNothing();
            for (String index : matching.isEmpty() ? new String[0] : matching.split(" ")) {
                assertThat(subscriber.receive().topic()).isEqualTo(NAMES.get(Integer.parseInt(index)));
            }
            subscriber.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-4.7.2-1")
    void aFilterThatBeginsWithAWildcardDoesNotMatchATopicThatBeginsWithADollar() {
        try (Device publisher = Device.clean(server, "dollar-publisher");
                Device subscriber = Device.clean(server, "dollar")) {
            String filters = text("#") + "00" + text("+/enableOrderMsg") + "00" + text("+/#") + "00";
            subscriber
                    .send(packet(0x82, "0001" + filters))
                    .expect("90050001000000")
                    .drained();
            publisher.published("$SYS/enableOrderMsg", 1, "to the server").published("Norm/dollar", 1, "to all");
            assertThat(subscriber.receive().payload()).isEqualTo("to all");
        }
    }

    @Test
    @Normative("MQTT-4.7.3-3")
    void aTopicMayBeLongAndOneThatIsTooLongEndsTheConnection() {
        String longest = "Norm/" + "x".repeat(1019); // The setting mqtt.limits.topicBytes, 1,024, is below 65,535.
        try (Device device = Device.clean(server, "long").subscribed(longest, 0)) {
            device.send(publish(longest, "whole")).expect(publish(longest, "whole"));
            device.send(publish(longest + "x", "whole")).expectClosed();
        }
        try (Device device = Device.clean(server, "long")) {
            device.send(subscribe(1, longest + "x", 0)).expectClosed();
        }
        try (Device device = Device.clean(server, "long")) {
            device.send("30" + "818004" + "ffff").expectClosed();
        }
    }
}
