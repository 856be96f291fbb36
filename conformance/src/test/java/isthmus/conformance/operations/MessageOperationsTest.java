package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.MessageOperations;

@Areas(MessageOperations.class)
class MessageOperationsTest extends OperatorTest {
    MessageOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void whatIsPublishedReachesDevicesAndIsRetainedUntilItIsDeleted(Hand hand) throws Exception {
        String topic = "Ops/kept/" + hand;
        try (PahoDevice device = device("GID_Ops@@@" + hand.own("kept"))) {
            device.subscribe(topic, 1);
            JsonNode published =
                    hand.ask(MessageOperations.PUBLISH, "topic", topic, "payload", "hello", "retain", true);
            assertThat(published.get("bytes").asInt()).isEqualTo(5);
            assertThat(device.next().payload()).isEqualTo("hello");
        }
        soon().until(() -> texts(hand.ask(MessageOperations.RETAINED, "filter", "Ops/+/" + hand), "topic")
                .contains(topic));
        JsonNode retained = hand.ask(MessageOperations.RETAINED_MESSAGE, "topic", topic);
        assertThat(retained.get("payload").asText()).isEqualTo("hello");
        assertThat(retained.get("encoding").asText()).isEqualTo("text");
        try (PahoDevice late = device("GID_Ops@@@" + hand.own("late"))) {
            late.subscribe(topic, 1);
            assertThat(late.next().retained()).isTrue();
            hand.ask(MessageOperations.DELETE_RETAINED, "topic", topic);
            assertThat(late.next().payload()).isEmpty();
        }
        assertThat(hand.refused(MessageOperations.RETAINED_MESSAGE, "topic", topic))
                .contains(topic);
    }

    @ByEachHand
    void bytesThatAreNoTextArePublishedAndShownInBase64(Hand hand) {
        String topic = "Ops/raw/" + hand;
        hand.ask(
                MessageOperations.PUBLISH,
                "topic",
                topic,
                "payload",
                "AP8=",
                "encoding",
                "base64",
                "qos",
                2,
                "retain",
                true);
        soon().until(() -> !hand.ask(MessageOperations.RETAINED, "filter", topic)
                .get("items")
                .isEmpty());
        JsonNode retained = hand.ask(MessageOperations.RETAINED_MESSAGE, "topic", topic);
        assertThat(retained.get("payload").asText()).isEqualTo("AP8=");
        assertThat(retained.get("encoding").asText()).isEqualTo("base64");
        assertThat(retained.get("qos").asInt()).isEqualTo(2);
    }

    @ByEachHand
    void aDeviceSignsOnWithThePasswordThatIsMade(Hand hand) throws Exception {
        String password = hand.ask(MessageOperations.SIGN, "text", "GID_Ops", "secretKey", TestServer.SECRET_KEY)
                .get("password")
                .asText();
        PahoDevice.connect(
                        server,
                        server.tcp(),
                        "GID_Ops@@@" + hand.own("signed"),
                        options -> options.setPassword(password.toCharArray()))
                .close();
    }
}
