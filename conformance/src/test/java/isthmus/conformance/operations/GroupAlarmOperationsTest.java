package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.OnsApplication;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.TestServer;
import isthmus.conformance.fixture.WebhookReceiver;
import isthmus.server.operations.AlarmOperations;
import isthmus.server.operations.GroupAlarmOperations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Alarms about a server application that does not keep up. */
@Areas(GroupAlarmOperations.class)
class GroupAlarmOperationsTest extends OperatorTest {
    GroupAlarmOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void aGroupThatLagsRaisesItsAlarmUntilItHasCaughtUp(Hand hand) throws Exception {
        String topic = hand.newTopic(hand.own("Lagging"));
        String group = hand.newConsumerGroup(hand.own("GID_Lagging"));
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> consumed = new CopyOnWriteArrayList<>();
        try (WebhookReceiver receiver = new WebhookReceiver();
                RocketMqApplication application = application(group)) {
            hand.ask(AlarmOperations.SET_WEBHOOK, "address", receiver.address());
            application.consume(topic, "*", message -> {
                if (!message.body().equals("first")) {
                    waitFor(goOn);
                }
                consumed.add(message.body());
            });
            hand.ask(
                    GroupAlarmOperations.SET,
                    "group",
                    group,
                    "topic",
                    topic,
                    "backlogThreshold",
                    3,
                    "onlineOnly",
                    true);
            for (String body : List.of("first", "second", "third", "fourth")) {
                application.sendInOrder(topic, "", Map.of(), body, "one queue");
            }

            soon().until(() -> !receiver.posted("raised").isEmpty());
            JsonNode raised = receiver.posted("raised").get(0);
            assertThat(raised.get("item").asText()).isEqualTo("backlog");
            assertThat(raised.get("group").asText()).isEqualTo(group);
            assertThat(raised.get("topic").asText()).isEqualTo(topic);
            server.awaitLog(raised.get("text").asText());
            assertThat(alarm(hand, group).get("backlog").asLong()).isGreaterThanOrEqualTo(3);
            assertThat(alarm(hand, group).has("backlogRaised")).isTrue();

            goOn.countDown();
            soon().until(() -> !receiver.posted("cleared").isEmpty());
            assertThat(receiver.posted("cleared").get(0).get("group").asText()).isEqualTo(group);
            assertThat(consumed).containsExactly("first", "second", "third", "fourth");
            assertThat(alarm(hand, group).has("backlogRaised")).isFalse();
        } finally {
            goOn.countDown();
            hand.ask(AlarmOperations.DELETE_WEBHOOK);
        }
        hand.ask(GroupAlarmOperations.DELETE, "group", group, "topic", topic);
        assertThat(hand.ask(GroupAlarmOperations.LIST, "group", group).get("items"))
                .isEmpty();
        assertThat(hand.refused(GroupAlarmOperations.DELETE, "group", group, "topic", topic))
                .contains("has no alarm");
    }

    @Test
    void aGroupWhoseMembersSubscribeDifferentlyRaisesAnAlarmUntilTheyAgree() throws Exception {
        Hand hand = hands().get(0);
        String topic = hand.newTopic("Quarrel");
        String group = hand.newConsumerGroup("GID_Quarrel");
        try (WebhookReceiver receiver = new WebhookReceiver();
                RocketMqApplication one = application(group)) {
            hand.ask(AlarmOperations.SET_WEBHOOK, "address", receiver.address());
            hand.ask(AlarmOperations.SET, "item", "disagreement", "threshold", 1);
            one.consume(topic, "a", message -> {});
            try (OnsApplication another =
                    new OnsApplication(server, group, TestServer.ACCESS_KEY, TestServer.SECRET_KEY)) {
                another.consume(topic, "b");
                soon().until(() -> !receiver.posted("raised").isEmpty());
            }
            JsonNode raised = receiver.posted("raised").get(0);
            assertThat(raised.get("item").asText()).isEqualTo("disagreement");
            assertThat(raised.get("group").asText()).isEqualTo(group);
            assertThat(server.log()).contains(raised.get("text").asText());

            soon().until(() -> !receiver.posted("cleared").isEmpty());
            assertThat(receiver.posted("cleared").get(0).get("text").asText())
                    .startsWith("alarm disagreement of group " + group + " over: 0 seconds");
        } finally {
            hand.ask(AlarmOperations.SET, "item", "disagreement", "threshold", 300);
            hand.ask(AlarmOperations.DELETE_WEBHOOK);
        }
    }

    @ByEachHand
    void whatMakesNoSenseIsRefusedByName(Hand hand) {
        assertThat(set(hand, "GID_Ops", "Ops")).contains("backlogThreshold");
        assertThat(set(hand, "GID_Ops", "Ops", "backlogThreshold", 0)).containsIgnoringCase("threshold: 0");
        assertThat(set(hand, "GID_Ops", "Ops", "backlogThreshold", 100_000_001)).contains("100000001");
        assertThat(set(hand, "GID_Ops", "Ops", "delayThreshold", 59)).containsIgnoringCase("threshold: 59");
        assertThat(set(hand, "GID_None", "Ops", "backlogThreshold", 1)).contains("GID_None");
        assertThat(set(hand, "GID_Ops", "None", "backlogThreshold", 1)).contains("None");
    }

    /** @return the sentence with which it is refused */
    private static String set(Hand hand, String group, String topic, Object... rule) {
        Object[] arguments = new Object[rule.length + 4];
        arguments[0] = "group";
        arguments[1] = group;
        arguments[2] = "topic";
        arguments[3] = topic;
        System.arraycopy(rule, 0, arguments, 4, rule.length);
        return hand.refused(GroupAlarmOperations.SET, arguments);
    }

    private static JsonNode alarm(Hand hand, String group) {
        return hand.ask(GroupAlarmOperations.LIST, "group", group).at("/items/0");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the consumer go on");
            }
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
