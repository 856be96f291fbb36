package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.InstanceOperations;
import isthmus.server.operations.QueueReportOperations;
import isthmus.server.operations.ResourceOperations;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is counted, also by the minute. */
@Areas({InstanceOperations.class, QueueReportOperations.class})
class InstanceOperationsTest extends OperatorTest {
    private static final Duration A_MINUTE_AND_A_BIT = Duration.ofSeconds(75);

    InstanceOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void theInstanceItsGroupsAndTopicsShowWhatTheyDo(Hand hand) throws Exception {
        String topic = "Ops/busy/" + hand;
        String clientId = "GID_Ops@@@" + hand.own("busy");
        assertThat(hand.ask(InstanceOperations.ACTIVITY, "topic", topic)
                        .get("in")
                        .asInt())
                .isZero();
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
            assertThat(hand.ask(InstanceOperations.GROUP, "groupId", "GID_Ops")
                            .get("online")
                            .asInt())
                    .isEqualTo(1);
            JsonNode instance = hand.ask(InstanceOperations.SHOW);
            assertThat(instance.get("messagesIn").asLong()).isEqualTo(before + 1);
            assertThat(texts(instance.get("use"), "item")).contains("connections", "subscriptions");
        }
    }

    /** One test for both hands: the minute has to be waited for once. */
    @Test
    void everyMinuteMessagesAndClientsAreCounted() throws Exception {
        Hand maker = hands().get(0);
        maker.ask(ResourceOperations.CREATE_TOPIC, "name", "Counted");
        maker.ask(ResourceOperations.CREATE_GROUP, "name", "GID_Counted", "kind", "consumer");
        try (RocketMqApplication application = application("GID_Counted");
                PahoDevice device = device("GID_Ops@@@counted")) {
            Inbox inbox = application.consume("Counted", "*");
            device.publish("Counted", "1", 1);
            device.publish("Counted", "2", 1);
            inbox.next();
            inbox.next();
            for (Hand hand : hands()) {
                Awaitility.await().atMost(A_MINUTE_AND_A_BIT).untilAsserted(() -> {
                    assertThat(messages(hand.ask(QueueReportOperations.PRODUCTION, "topic", "Counted")))
                            .isEqualTo(2);
                    assertThat(messages(hand.ask(
                                    QueueReportOperations.CONSUMPTION, "group", "GID_Counted", "topic", "Counted")))
                            .isEqualTo(2);
                    JsonNode history =
                            hand.ask(InstanceOperations.HISTORY, "minutes", 1).get("items");
                    assertThat(history).hasSize(1);
                    assertThat(history.at("/0/connections").asInt()).isPositive();
                });
            }
        }
    }

    private static long messages(JsonNode report) {
        return texts(report, "messages").stream().mapToLong(Long::parseLong).sum();
    }
}
