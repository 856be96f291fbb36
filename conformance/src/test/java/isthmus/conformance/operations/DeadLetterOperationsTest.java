package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.DeadLetterOperations;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

@Areas(DeadLetterOperations.class)
class DeadLetterOperationsTest extends OperatorTest {
    DeadLetterOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void deadLettersAreListedExportedAndResent(Hand hand) throws Exception {
        String topic = hand.newTopic(hand.own("Dying"));
        String group = hand.newConsumerGroup(hand.own("GID_Dying"));
        AtomicBoolean works = new AtomicBoolean();
        try (RocketMqApplication application = application(group);
                PahoDevice device = device("GID_Ops@@@" + hand.own("dying"))) {
            Inbox inbox = application.consumeUnordered(topic, works::get);
            device.publish(topic, "one", 1);
            device.publish(topic, "two", 1);
            inbox.next();
            inbox.next();
            soon().until(() -> texts(hand.ask(DeadLetterOperations.LIST, "group", group), "messageId")
                            .size()
                    == 2);
            works.set(true);

            String id = hand.ask(DeadLetterOperations.LIST, "group", group)
                    .at("/items/0/messageId")
                    .asText();
            JsonNode letter = hand.ask(DeadLetterOperations.SHOW, "group", group, "messageId", id);
            assertThat(letter.get("reconsumeTimes").asInt()).isEqualTo(1);
            String csv = hand.ask(DeadLetterOperations.EXPORT, "group", group).asText();
            assertThat(csv.lines()).hasSize(3).anyMatch(line -> line.startsWith(topic + "," + id + ","));
            assertThat(hand.ask(DeadLetterOperations.EXPORT, "group", group, "ids", List.of(id))
                            .asText()
                            .lines())
                    .hasSize(2);

            hand.ask(DeadLetterOperations.RESEND, "group", group, "messageId", id);
            assertThat(inbox.next().body()).isIn("one", "two");
            String job = hand.ask(DeadLetterOperations.RESEND_ALL, "group", group)
                    .get("jobId")
                    .asText();
            assertThat(List.of(inbox.next().body(), inbox.next().body())).containsExactlyInAnyOrder("one", "two");
            soon().until(() -> hand.ask(DeadLetterOperations.JOB_SHOW, "jobId", job)
                    .get("state")
                    .asText()
                    .equals("done"));
            hand.ask(DeadLetterOperations.JOB_CANCEL, "jobId", job);
            assertThat(inbox.isEmpty()).isTrue();
        }
    }
}
