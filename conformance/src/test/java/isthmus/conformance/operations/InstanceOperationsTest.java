package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.InstanceOperations;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@Areas(InstanceOperations.class)
class InstanceOperationsTest extends OperatorTest {
    private static final Duration A_MINUTE_AND_A_BIT = Duration.ofSeconds(75);

    InstanceOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void theInstanceItsGroupsAndTopicsShowWhatTheyDo(Hand hand) throws Exception {
        String topic = "Ops/busy/" + hand;
        String clientId = "GID_Ops@@@" + hand.own("busy");
        try (PahoDevice device = device(clientId)) {
            long before = hand.ask(InstanceOperations.SHOW).get("messagesIn").asLong();
            device.subscribe("Ops/busy/+", 1);
            device.publish(topic, "one", 1);
            device.next();
            JsonNode activity = hand.ask(InstanceOperations.ACTIVITY, "topic", topic);
            assertThat(activity.get("in").asInt()).isEqualTo(1);
            assertThat(activity.get("out").asInt()).isEqualTo(1);
            JsonNode subscribers = hand.ask(InstanceOperations.SUBSCRIBERS, "topic", topic);
            assertThat(texts(subscribers, "clientId")).containsExactly(clientId);
            assertThat(texts(subscribers, "filter")).containsExactly("Ops/busy/+");
            // Devices of other tests may be on their way out.
            soon().until(() -> hand.ask(InstanceOperations.GROUP, "groupId", "GID_Ops")
                            .get("online")
                            .asInt()
                    == 1);
            JsonNode instance = hand.ask(InstanceOperations.SHOW);
            assertThat(instance.get("messagesIn").asLong()).isEqualTo(before + 1);
            assertThat(texts(instance.get("use"), "item")).contains("connections", "subscriptions");
        }
    }

    /** One test for both hands: the first minute of the server has to be waited for once. */
    @Test
    void everyMinuteTheConnectionsAreCounted() throws Exception {
        try (PahoDevice device = device("GID_Ops@@@counted")) {
            device.subscribe("Ops/counted", 1);
            for (Hand hand : hands()) {
                Awaitility.await()
                        .atMost(A_MINUTE_AND_A_BIT)
                        .until(() -> texts(hand.ask(InstanceOperations.HISTORY, "minutes", 15), "connections").stream()
                                .anyMatch(connections -> Integer.parseInt(connections) > 0));
            }
        }
    }
}
