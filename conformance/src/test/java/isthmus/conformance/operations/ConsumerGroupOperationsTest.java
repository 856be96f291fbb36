package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.ConsumerGroupOperations;
import isthmus.server.operations.QueueMessageOperations;
import isthmus.server.operations.ResourceOperations;

@Areas(ConsumerGroupOperations.class)
class ConsumerGroupOperationsTest extends OperatorTest {
    ConsumerGroupOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void aGroupIsShownStoppedStartedMovedAndTried(Hand hand) throws Exception {
        String topic = hand.own("Flow");
        String group = hand.own("GID_Flow");
        hand.ask(ResourceOperations.CREATE_TOPIC, "name", topic);
        hand.ask(ResourceOperations.CREATE_GROUP, "name", group, "kind", "consumer");
        try (RocketMqApplication application = application(group);
                PahoDevice device = device("GID_Ops@@@" + hand.own("flow"))) {
            Inbox inbox = application.consumeUnordered(topic, () -> true);
            device.publish(topic, "first", 1);
            assertThat(inbox.next().body()).isEqualTo("first");
            soon().untilAsserted(() -> {
                JsonNode shown = hand.ask(ConsumerGroupOperations.SHOW, "group", group);
                assertThat(shown.get("agreement").asText()).isEqualTo("agree");
                assertThat(shown.at("/members/0/subscriptions/0").asText()).isEqualTo(topic + " *");
                assertThat(shown.get("backlog").asLong()).isZero();
            });
            assertThat(hand.ask(ConsumerGroupOperations.LIST, "name", group)
                            .at("/items/0/members")
                            .asInt())
                    .isEqualTo(1);

            hand.ask(ConsumerGroupOperations.STOP, "group", group);
            device.publish(topic, "second", 1);
            soon().until(() -> hand.ask(ConsumerGroupOperations.SHOW, "group", group)
                            .get("backlog")
                            .asLong()
                    == 1);
            assertThat(inbox.isEmpty()).isTrue();
            hand.ask(ConsumerGroupOperations.START, "group", group);
            assertThat(inbox.next().body()).isEqualTo("second");

            JsonNode span = hand.ask(ConsumerGroupOperations.SPAN, "topic", topic);
            JsonNode moved = hand.ask(
                    ConsumerGroupOperations.RESET,
                    "group",
                    group,
                    "topic",
                    topic,
                    "time",
                    span.get("oldest").asText());
            assertThat(moved.get("queues")).isNotEmpty();
            assertThat(inbox.next().body()).isIn("first", "second");
            assertThat(inbox.next().body()).isIn("first", "second");
            assertThat(hand.refused(
                            ConsumerGroupOperations.RESET,
                            "group",
                            group,
                            "topic",
                            topic,
                            "time",
                            "1999-01-01T00:00:00Z"))
                    .contains("time");

            String id = hand.ask(QueueMessageOperations.LIST, "topic", topic)
                    .at("/items/0/messageId")
                    .asText();
            String member = hand.ask(ConsumerGroupOperations.SHOW, "group", group)
                    .at("/members/0/clientId")
                    .asText();
            JsonNode tried = hand.ask(
                    ConsumerGroupOperations.TRY, "group", group, "clientId", member, "topic", topic, "messageId", id);
            assertThat(tried.get("result").asText()).isEqualTo("success");
            assertThat(inbox.next().body()).isEqualTo("first");
        }
    }
}
