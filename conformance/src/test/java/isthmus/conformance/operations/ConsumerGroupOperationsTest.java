package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.ConsumerGroupOperations;
import isthmus.server.operations.QueueMessageOperations;
import isthmus.server.operations.QueueReportOperations;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What operators do with a group that consumes all the while: it tells its progress only ten seconds after it has begun. */
@Areas({ConsumerGroupOperations.class, QueueReportOperations.class})
class ConsumerGroupOperationsTest extends OperatorTest {
    private static final Duration A_MINUTE_AND_A_BIT = Duration.ofSeconds(75);
    private static final String TOPIC = "Flow";
    private static final String GROUP = "GID_Flow";

    private RocketMqApplication application;
    private PahoDevice device;
    private Inbox inbox;

    ConsumerGroupOperationsTest(TestServer server) {
        super(server);
    }

    @BeforeAll
    void beginToConsume() throws Exception {
        Hand maker = hands().get(0);
        maker.newTopic(TOPIC);
        maker.newConsumerGroup(GROUP);
        application = application(GROUP);
        inbox = application.consumeUnordered(TOPIC, () -> true);
        device = device("GID_Ops@@@flow");
    }

    @AfterAll
    void end() throws Exception {
        device.close();
        application.close();
    }

    @ByEachHand
    void aGroupIsShownStoppedStartedMovedAndTried(Hand hand) throws Exception {
        String first = hand.own("first");
        String second = hand.own("second");
        Instant begun = Instant.now();
        device.publish(TOPIC, first, 1);
        assertThat(inbox.next().body()).isEqualTo(first);
        soon().untilAsserted(() -> {
            JsonNode shown = hand.ask(ConsumerGroupOperations.SHOW, "group", GROUP);
            assertThat(shown.get("agreement").asText()).isEqualTo("agree");
            assertThat(shown.at("/members/0/subscriptions/0").asText()).isEqualTo(TOPIC + " *");
            assertThat(shown.get("backlog").asLong()).isZero();
        });
        JsonNode line = hand.ask(ConsumerGroupOperations.LIST, "name", GROUP).at("/items/0");
        assertThat(line.get("members").asInt()).isEqualTo(1);

        hand.ask(ConsumerGroupOperations.STOP, "group", GROUP);
        device.publish(TOPIC, second, 1);
        soon().until(() -> hand.ask(ConsumerGroupOperations.SHOW, "group", GROUP)
                        .get("backlog")
                        .asLong()
                == 1);
        assertThat(inbox.isEmpty()).isTrue();
        hand.ask(ConsumerGroupOperations.START, "group", GROUP);
        assertThat(inbox.next().body()).isEqualTo(second);

        JsonNode message = hand.ask(QueueMessageOperations.LIST, "topic", TOPIC, "from", begun.toString())
                .at("/items/0");
        String stored = message.get("stored").asText();
        JsonNode span = hand.ask(ConsumerGroupOperations.SPAN, "topic", TOPIC);
        assertThat(Instant.parse(span.get("newest").asText())).isAfterOrEqualTo(Instant.parse(stored));
        JsonNode moved = hand.ask(ConsumerGroupOperations.RESET, "group", GROUP, "topic", TOPIC, "time", stored);
        assertThat(moved.get("queues")).isNotEmpty();
        assertThat(inbox.next().body()).isIn(first, second);
        assertThat(inbox.next().body()).isIn(first, second);
        assertThat(hand.refused(
                        ConsumerGroupOperations.RESET, "group", GROUP, "topic", TOPIC, "time", "1999-01-01T00:00:00Z"))
                .contains("time: 1999-01-01T00:00:00Z", span.get("oldest").asText());

        String member = hand.ask(ConsumerGroupOperations.SHOW, "group", GROUP)
                .at("/members/0/clientId")
                .asText();
        JsonNode tried = hand.ask(
                ConsumerGroupOperations.TRY,
                "group",
                GROUP,
                "clientId",
                member,
                "topic",
                TOPIC,
                "messageId",
                message.get("messageId").asText());
        assertThat(tried.get("result").asText()).isEqualTo("success");
        assertThat(inbox.next().body()).isEqualTo(first);
    }

    /** What the test before has caused; a minute's messages are counted at its end. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void theReportsCountWhatWasSentAndWhatTheGroupWasGiven() {
        for (Hand hand : hands()) {
            Awaitility.await().atMost(A_MINUTE_AND_A_BIT).untilAsserted(() -> assertThat(
                            messages(hand.ask(QueueReportOperations.PRODUCTION, "topic", TOPIC)))
                    .isEqualTo(4));
            assertThat(messages(hand.ask(QueueReportOperations.CONSUMPTION, "group", GROUP, "topic", TOPIC)))
                    .isGreaterThanOrEqualTo(8); // what is given twice counts twice
        }
    }

    private static long messages(JsonNode report) {
        return texts(report, "messages").stream().mapToLong(Long::parseLong).sum();
    }
}
