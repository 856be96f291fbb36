package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.PahoDevice.Received;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import isthmus.conformance.normative.Normative;
import java.net.URI;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class PahoTest {
    private final TestServer server;

    PahoTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "ws", "wss"})
    @Normative({"MQTT-7.0.0-2", "MQTT-7.1.1-1"})
    void aDeviceReceivesWhatAnotherOnePublishesWithEachQualityOfService(String listener) throws Exception {
        try (PahoDevice receiver = connect(listener, "receiver-" + listener);
                PahoDevice sender = connect(listener, "sender-" + listener)) {
            receiver.subscribe("Paho/" + listener + "/+/end", 2);
            for (int qos = 0; qos <= 2; qos++) {
                String topic = "Paho/" + listener + "/" + qos + "/end";
                sender.publish(topic, "hello " + qos, qos);
                assertThat(receiver.next()).isEqualTo(new Received(topic, "hello " + qos, qos, false));
            }
            String large = "x".repeat(60_000);
            sender.publish("Paho/" + listener + "/large/end", large, 1);
            assertThat(receiver.next().payload()).isEqualTo(large);
        }
    }

    @Test
    void aSubscriptionLowersTheQualityOfService() throws Exception {
        try (PahoDevice device = connect("tcp", "lower")) {
            device.subscribe("Paho/lower", 0);
            device.publish("Paho/lower", "once", 2);
            assertThat(device.next().qos()).isZero();
        }
    }

    @Test
    void anEmptyLastLevelOfATopicStays() throws Exception {
        try (PahoDevice device = connect("tcp", "slash")) {
            device.subscribe("Paho/notice/", 1);
            device.publish("Paho/notice", "not this one", 1);
            device.publish("Paho/notice/", "this one", 1);
            assertThat(device.next()).isEqualTo(new Received("Paho/notice/", "this one", 1, false));
        }
    }

    @Test
    void aP2pMessageReachesItsTargetAndNobodyElse() throws Exception {
        try (PahoDevice target = connect("tcp", "target");
                PahoDevice other = connect("tcp", "other")) {
            other.subscribe("Paho/#", 1);
            other.subscribe("#", 1);
            other.publish("Paho/p2p/GID_Paho@@@target", "for you", 1);
            assertThat(target.next()).isEqualTo(new Received("Paho/p2p/GID_Paho@@@target", "for you", 1, false));
            other.publish("Paho/after", "for all", 1);
            assertThat(other.next()).isEqualTo(new Received("Paho/after", "for all", 1, false));
        }
    }

    @Test
    void aNewSubscriberReceivesTheRetainedMessageUntilItIsCleared() throws Exception {
        try (PahoDevice device = connect("tcp", "retain")) {
            device.client().publish("Paho/retained", "21.5".getBytes(), 1, true);
            device.subscribe("Paho/retained", 1);
            assertThat(device.next()).isEqualTo(new Received("Paho/retained", "21.5", 1, true));
            device.client().publish("Paho/retained", new byte[0], 1, true);
            assertThat(device.next()).isEqualTo(new Received("Paho/retained", "", 1, false));
            device.subscribe("Paho/retained", 1);
            device.publish("Paho/retained", "live", 1);
            assertThat(device.next()).isEqualTo(new Received("Paho/retained", "live", 1, false));
        }
    }

    @Test
    void theWillOfADeviceThatVanishesIsPublishedAndThatOfOneThatLeavesIsNot() throws Exception {
        try (PahoDevice witness = connect("tcp", "witness")) {
            witness.subscribe("Paho/will/#", 1);
            PahoDevice leaves = PahoDevice.connect(
                    server,
                    server.tcp(),
                    "GID_Paho@@@leaves",
                    options -> options.setWill("Paho/will/leaves", "never".getBytes(), 1, false));
            leaves.close();
            PahoDevice vanishes = PahoDevice.connect(
                    server,
                    server.tcp(),
                    "GID_Paho@@@vanishes",
                    options -> options.setWill("Paho/will/vanishes", "gone".getBytes(), 1, false));
            vanishes.vanish();
            assertThat(witness.next()).isEqualTo(new Received("Paho/will/vanishes", "gone", 1, false));
        }
    }

    @Test
    void aSecondConnectionWithTheSameClientIdentifierEndsTheFirst() throws Exception {
        try (PahoDevice first = connect("tcp", "twice");
                PahoDevice second = connect("tcp", "twice")) {
            assertThat(first.awaitLost()).isTrue();
            second.subscribe("Paho/twice", 1);
            second.publish("Paho/twice", "still here", 1);
            assertThat(second.next().payload()).isEqualTo("still here");
        }
    }

    @Test
    void aStoredSessionReceivesInOrderWhatWasPublishedWhileItsDeviceWasAway() throws Exception {
        PahoDevice before = connectStored("stored");
        before.subscribe("Paho/stored/#", 1);
        before.close();
        try (PahoDevice sender = connect("tcp", "stored-sender")) {
            for (int i = 0; i < 200; i++) {
                sender.publish("Paho/stored/" + i % 3, "message " + i, 1);
            }
        }
        try (PahoDevice after = connectStored("stored")) {
            for (int i = 0; i < 200; i++) {
                assertThat(after.next()).isEqualTo(new Received("Paho/stored/" + i % 3, "message " + i, 1, false));
            }
        }
        connect("tcp", "stored").close(); // Clean Session 1 ends the stored session
        try (PahoDevice device = connectStored("stored")) {
            device.publish("Paho/stored/x", "no subscription any more", 1);
            device.subscribe("Paho/stored-end", 1);
            device.publish("Paho/stored-end", "end", 1);
            assertThat(device.next().topic()).isEqualTo("Paho/stored-end");
        }
    }

    @Test
    void whatIsUnsubscribedDoesNotComeAnyMore() throws Exception {
        try (PahoDevice device = connect("tcp", "unsubscribe")) {
            device.subscribe("Paho/unsubscribe", 1);
            device.subscribe("Paho/marker", 1);
            device.client().unsubscribe("Paho/unsubscribe");
            device.publish("Paho/unsubscribe", "no", 1);
            device.publish("Paho/marker", "yes", 1);
            assertThat(device.next().topic()).isEqualTo("Paho/marker");
        }
    }

    @Test
    void aSubscriptionToAnUnknownParentTopicIsRefused() throws Exception {
        try (PahoDevice device = connect("tcp", "unknown-parent")) {
            assertThatThrownBy(() -> device.subscribe("NoSuchTopic/x", 1)).isInstanceOf(MqttException.class);
            device.subscribe("Paho/known", 1);
            device.publish("Paho/known", "goes on", 1);
            assertThat(device.next().payload()).isEqualTo("goes on");
        }
    }

    private PahoDevice connect(String listener, String deviceId) throws MqttException {
        return PahoDevice.connect(server, address(listener), "GID_Paho@@@" + deviceId, options -> {});
    }

    private PahoDevice connectStored(String deviceId) throws MqttException {
        return PahoDevice.connect(
                server, server.tcp(), "GID_Paho@@@" + deviceId, options -> options.setCleanSession(false));
    }

    /** With the schemes that Paho knows. */
    private URI address(String listener) {
        return switch (listener) {
            case "tls" -> server.tls();
            case "ws" -> server.ws();
            case "wss" -> server.wss();
            default -> server.tcp();
        };
    }
}
