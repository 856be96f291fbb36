package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.QueueMessageOperations;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Areas(QueueMessageOperations.class)
class QueueMessageOperationsTest extends OperatorTest {
    QueueMessageOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void aDevicesMessageIsFoundAndWhatBecameOfIt(Hand hand) throws Exception {
        String topic = hand.newTopic(hand.own("Found"));
        String group = hand.newConsumerGroup(hand.own("GID_Found"));
        try (RocketMqApplication application = application(group);
                PahoDevice device = device("GID_Ops@@@" + hand.own("found"))) {
            Inbox inbox = application.consume(topic, "*");
            device.publish(topic + "/a", "look at me", 1);
            assertThat(inbox.next().body()).isEqualTo("look at me");

            JsonNode line =
                    hand.ask(QueueMessageOperations.LIST, "topic", topic).at("/items/0");
            String id = line.get("messageId").asText();
            JsonNode shown = hand.ask(QueueMessageOperations.SHOW, "topic", topic, "messageId", id);
            assertThat(shown.at("/properties/mqttSecondTopic").asText()).isEqualTo("/a");
            assertThat(hand.ask(
                            QueueMessageOperations.AT,
                            "topic",
                            topic,
                            "queueId",
                            line.get("queueId").asInt(),
                            "offset",
                            line.get("queueOffset").asLong()))
                    .isEqualTo(shown);
            assertThat(hand.ask(QueueMessageOperations.BODY, "topic", topic, "messageId", id)
                            .get("text")
                            .asText())
                    .isEqualTo("look at me");
            soon().untilAsserted(() -> {
                JsonNode delivery = hand.ask(QueueMessageOperations.DELIVERIES, "topic", topic, "messageId", id)
                        .at("/items/0");
                assertThat(delivery.get("group").asText()).isEqualTo(group);
                assertThat(delivery.get("state").asText()).isEqualTo("consumed");
            });
        }
    }

    @ByEachHand
    void aMessageIsSentToDevicesAndServerApplicationsAndFoundByItsKey(Hand hand) throws Exception {
        String topic = hand.newTopic(hand.own("Sent"));
        String group = hand.newConsumerGroup(hand.own("GID_Sent"));
        try (RocketMqApplication application = application(group);
                PahoDevice device = device("GID_Ops@@@" + hand.own("sent"))) {
            device.subscribe(topic + "/#", 1);
            Inbox inbox = application.consume(topic, "*");
            JsonNode sent = hand.ask(
                    QueueMessageOperations.SEND, "topic", topic, "tag", "MQ2MQTT", "key", "k", "text", "by hand");
            assertThat(inbox.next().body()).isEqualTo("by hand");
            assertThat(device.next().payload()).isEqualTo("by hand");
            soon().untilAsserted(() -> assertThat(
                            texts(hand.ask(QueueMessageOperations.LIST, "topic", topic, "key", "k"), "messageId"))
                    .containsExactly(sent.get("messageId").asText()));
        }
    }

    /** One test for both hands: clients tell a trace some seconds late. */
    @Test
    void theWayOfAMessageIsShownAsItsClientsToldIt() throws Exception {
        Hand maker = hands().get(0);
        maker.newTopic("Traced");
        maker.newConsumerGroup("GID_Traced");
        try (RocketMqApplication application = application("GID_Traced")) {
            application.tellTraces();
            Inbox inbox = application.consume("Traced", "*");
            application.send("Traced", "t", Map.of(), "follow me");
            assertThat(inbox.next().body()).isEqualTo("follow me");
            for (Hand hand : hands()) {
                String id = hand.ask(QueueMessageOperations.LIST, "topic", "Traced")
                        .at("/items/0/messageId")
                        .asText();
                soon().untilAsserted(() -> {
                    JsonNode trace = hand.ask(QueueMessageOperations.TRACE, "topic", "Traced", "messageId", id);
                    assertThat(trace.get("state").asText()).isEqualTo("consumed");
                    assertThat(texts(trace.get("received"), "group")).containsExactly("GID_Traced");
                });
            }
        }
    }
}
