package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.publishWithFlags;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 3.3.1.3: retained messages. */
@ExtendWith(SharedServer.class)
class RetainedTest {
    private final TestServer server;

    RetainedTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2", "2, 0", "2, 1", "2, 2"})
    @Normative({"MQTT-3.3.1-5", "MQTT-3.3.1-6", "MQTT-3.3.1-8", "MQTT-3.8.4-6"})
    void aRetainedMessageComesWithItsQosAndTheFlagToANewSubscription(int published, int subscribed) {
        String topic = "Norm/retained/" + published + subscribed;
        try (Device publisher = Device.clean(server, "retained-publisher").publishedRetained(topic, published, "kept");
                Device subscriber = Device.clean(server, "retained")) {
            publisher.expectNothing();
            Publication received = subscriber.subscribed(topic, subscribed).receive();
            int qos = Math.min(published, subscribed);
            assertThat(received).isEqualTo(new Publication(false, qos, true, topic, received.packetId(), "kept"));
        }
    }

    @Test
    @Normative({"MQTT-3.3.1-9", "MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.3.1-12", "MQTT-3.3.1-7"})
    void itIsReplacedAndClearedAndComesWithoutTheFlagToWhoWasThere() {
        String topic = "Norm/life-of-retained";
        try (Device publisher = Device.clean(server, "life-publisher");
                Device there = Device.clean(server, "life-there").subscribed(topic, 1)) {
            publisher.publishedRetained(topic, 1, "first");
            publisher.publishedRetained(topic, 1, "second");
            publisher.published(topic, 1, "not retained");
            publisher.published(topic, 1, "");
            assertRetained(topic, "second");
            publisher.publishedRetained(topic, 0, "at QoS 0").expectNothing();
            assertRetained(topic, "at QoS 0");
            publisher.publishedRetained(topic, 1, "");
            assertNothingRetained(topic);
            publisher.publishedRetained(topic, 1, "");
            assertNothingRetained(topic);
            publisher.publishedRetained(topic, 2, "again");
            assertRetained(topic, "again");

            for (String payload : new String[] {"first", "second", "not retained", "", "at QoS 0", "", "", "again"}) {
                Publication live = there.receive();
                assertThat(live.payload()).isEqualTo(payload);
                assertThat(live.retain()).isFalse();
            }
        }
    }

    private void assertRetained(String topic, String payload) {
        try (Device later = Device.clean(server, "life-later").subscribed(topic, 0)) {
            assertThat(later.receive()).isEqualTo(new Publication(false, 0, true, topic, 0, payload));
            later.expectNothing();
        }
    }

    private void assertNothingRetained(String topic) {
        try (Device later = Device.clean(server, "life-later").subscribed(topic, 0)) {
            later.expectNothing();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Norm/forest/#, 3",
        "Norm/forest/+, 2",
        "Norm/forest/oak/#, 2",
        "+/forest/oak, 1",
        "Norm/+/oak/leaf, 1",
        "Norm/forest/birch, 0",
        "Norm/forest, 0",
    })
    @Normative("MQTT-3.3.1-6")
    void everyTopicThatTheFilterMatchesBringsItsRetainedMessage(String filter, int count) {
        try (Device publisher = Device.clean(server, "forest-publisher");
                Device subscriber = Device.clean(server, "forest")) {
            for (String topic : new String[] {"oak", "oak/leaf", "pine"}) {
                publisher.publishedRetained("Norm/forest/" + topic, 1, topic);
            }
            subscriber.subscribed(filter, 1);
            Set<String> topics = new HashSet<>();
            for (int i = 0; i < count; i++) {
                Publication received = subscriber.take();
                assertThat(received.retain()).isTrue();
                assertThat(received.topic()).isEqualTo("Norm/forest/" + received.payload());
                topics.add(received.topic());
            }
            assertThat(topics).hasSize(count);
            subscriber.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-3.3.1-6")
    void ofThousandsOfRetainedMessagesNoneIsMissing() {
        int count = 3_000; // More than wait in memory for one client.
        try (Device publisher = Device.clean(server, "thousands-publisher");
                Device subscriber = Device.clean(server, "thousands")) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < count; i++) {
                all.append(publishWithFlags(1, "Norm/thousands/" + i, 0, "kept"));
            }
            publisher.send(all.toString()).expectNothing();
            subscriber.subscribed("Norm/thousands/+", 0);
            Set<String> topics = new HashSet<>();
            for (int i = 0; i < count; i++) {
                Publication received = subscriber.receive();
                assertThat(received.retain()).isTrue();
                topics.add(received.topic());
            }
            assertThat(topics).hasSize(count);
        }
    }

    @Test
    @Normative({"MQTT-3.8.4-3", "MQTT-3.3.1-6"})
    void subscribingAgainBringsItAgainAndReturningWithASessionDoesNot() {
        try (Device publisher = Device.clean(server, "again-publisher").publishedRetained("Norm/again", 1, "kept")) {
            publisher.expectNothing();
            Device device = Device.firstStored(server, "again");
            for (int i = 0; i < 3; i++) {
                assertThat(device.subscribed("Norm/again", 1).take().retain()).isTrue();
            }
            device.pinged().disconnect();
            Device.returned(server, "again").expectNothing().close();
        }
    }
}
