package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.ResourceOperations;
import org.eclipse.paho.client.mqttv3.MqttException;

@Areas(ResourceOperations.class)
class ResourceOperationsTest extends OperatorTest {
    ResourceOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void aTopicIsUsedAtOnceAndCutsItsDevicesWhenItIsClosedAndDeleted(Hand hand) throws Exception {
        String topic = hand.own("Made");
        assertThat(hand.refused(ResourceOperations.CREATE_TOPIC, "name", "a/b"))
                .contains("expected: 2 to 64 characters out of A-Z a-z 0-9 _ -");
        hand.ask(ResourceOperations.CREATE_TOPIC, "name", topic, "type", "timed", "remark", "for a test");
        try (PahoDevice device = device("GID_Ops@@@" + hand.own("topic"))) {
            device.subscribe(topic + "/#", 1);
            device.publish(topic + "/x", "x", 1);
            assertThat(device.next().payload()).isEqualTo("x");
            hand.ask(ResourceOperations.CHANGE_TOPIC, "topic", topic, "permission", "read_only");
            assertThat(device.awaitLost()).isTrue();
        }
        JsonNode shown = hand.ask(ResourceOperations.TOPIC, "topic", topic);
        assertThat(shown.get("permission").asText()).isEqualTo("read_only");
        assertThat(shown.get("remark").asText()).isEqualTo("for a test");
        assertThat(texts(hand.ask(ResourceOperations.TOPICS, "prefix", "Made"), "name"))
                .contains(topic);
        try (PahoDevice device = device("GID_Ops@@@" + hand.own("topic"))) {
            device.subscribe(topic + "/#", 1);
            hand.ask(ResourceOperations.DELETE_TOPIC, "topic", topic);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThat(hand.refused(ResourceOperations.TOPIC, "topic", topic))
                .contains("topic " + topic + " does not exist");
    }

    @ByEachHand
    void devicesOfAGroupAreLetInUntilItIsDeleted(Hand hand) throws Exception {
        String group = hand.own("GID_Made");
        assertThatThrownBy(() -> device(group + "@@@1")).isInstanceOf(MqttException.class);
        hand.ask(ResourceOperations.CREATE_GROUP, "name", group);
        hand.ask(ResourceOperations.CHANGE_GROUP, "group", group, "remark", "for a test");
        JsonNode shown = hand.ask(ResourceOperations.GROUP, "group", group);
        assertThat(shown.get("kind").asText()).isEqualTo("mqtt");
        assertThat(shown.get("remark").asText()).isEqualTo("for a test");
        assertThat(texts(hand.ask(ResourceOperations.GROUPS, "kind", "mqtt"), "name"))
                .contains("GID_Ops", group);
        try (PahoDevice device = device(group + "@@@1")) {
            hand.ask(ResourceOperations.DELETE_GROUP, "group", group);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThatThrownBy(() -> device(group + "@@@1")).isInstanceOf(MqttException.class);
    }

    @ByEachHand
    void aServerApplicationConsumesWithAGroupThatWasMade(Hand hand) throws Exception {
        String group = hand.newConsumerGroup(hand.own("GID_Consumes"));
        try (RocketMqApplication application = application(group);
                PahoDevice device = device("GID_Ops@@@" + hand.own("source"))) {
            Inbox inbox = application.consume("Ops", "*");
            device.publish("Ops/" + hand.own("consumed"), "up", 1);
            while (!inbox.next().properties().get("mqttSecondTopic").equals("/" + hand.own("consumed"))) {
                // Others publish to this topic, too.
            }
        }
    }
}
