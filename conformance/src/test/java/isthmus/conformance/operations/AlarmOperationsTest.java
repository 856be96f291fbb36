package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.conformance.fixture.WebhookReceiver;
import isthmus.server.operations.AlarmOperations;

@Areas(AlarmOperations.class)
class AlarmOperationsTest extends OperatorTest {
    AlarmOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void anAlarmIsRaisedPostedAndCleared(Hand hand) throws Exception {
        assertThat(hand.refused(AlarmOperations.TEST)).contains("no webhook");
        try (WebhookReceiver receiver = new WebhookReceiver();
                PahoDevice device = device("GID_Ops@@@" + hand.own("alarm"))) {
            hand.ask(AlarmOperations.SET_WEBHOOK, "address", receiver.address());
            assertThat(hand.ask(AlarmOperations.WEBHOOK).get("address").asText())
                    .isEqualTo(receiver.address());
            assertThat(hand.ask(AlarmOperations.TEST).get("status").asInt()).isEqualTo(200);
            assertThat(receiver.posted("test")).hasSize(1);

            device.subscribe("Ops/alarm", 1);
            // Another test may have just lowered the limit.
            soon().until(() -> !connections(hand).has("raised"));
            hand.ask(AlarmOperations.SET, "item", "connections", "threshold", 1);
            soon().until(() -> !receiver.posted("raised").isEmpty());
            server.awaitLog("alarm connections raised");
            assertThat(connections(hand).has("raised")).isTrue();
            hand.ask(AlarmOperations.SET, "item", "connections", "threshold", 70);
            soon().until(() -> !receiver.posted("cleared").isEmpty());
            assertThat(connections(hand).has("raised")).isFalse();
        }
        hand.ask(AlarmOperations.DELETE_WEBHOOK);
        assertThat(hand.ask(AlarmOperations.WEBHOOK).has("address")).isFalse();
    }

    private static JsonNode connections(Hand hand) {
        for (JsonNode alarm : hand.ask(AlarmOperations.LIST).get("items")) {
            if (alarm.get("item").asText().equals("connections")) {
                return alarm;
            }
        }
        throw new AssertionError("there is no alarm for connections");
    }
}
