package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of a message, and what is refused. */
class GatewayTest extends WithGateway {
    @Test
    void aMessageReachesASubscriberAtTheLowerOfBothLevels() {
        try (TestClient subscriber = connected(A, true);
                TestClient publisher = connected(B, true)) {
            assertThat(subscriber.subscribe(1, "T/+/x", "nowhere/#")).containsExactly(1, 0x80);
            publisher.publish("T/1/x", 2, 9, "hello");
            publisher.expect(MqttMessageType.PUBREC, 9);
            publisher.ack(MqttMessageType.PUBREL, 9);
            publisher.expect(MqttMessageType.PUBCOMP, 9);

            MqttPublishMessage received = subscriber.receivePublish();
            assertThat(text(received)).isEqualTo("hello");
            assertThat(received.variableHeader().topicName()).isEqualTo("T/1/x");
            assertThat(received.fixedHeader().qosLevel()).isEqualTo(MqttQoS.AT_LEAST_ONCE);
            assertThat(received.fixedHeader().isDup()).isFalse();
            subscriber.ack(MqttMessageType.PUBACK, received.variableHeader().packetId());
            subscriber.expectNothing();
        }
    }

    @Test
    void refusalsSayWhy() {
        assertThat(answerTo(connectPacket("no-group", true)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        assertThat(answerTo(connectPacket("GID_Other@@@a", true)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        assertThat(answerTo(connectPacket(A, true).password("wrong".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
        assertThat(answerTo(connectPacket(A, true).username("nobody")))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
        assertThat(answerTo(connectPacket(A, true)
                        .username("READER")
                        .willFlag(true)
                        .willTopic("T/w")
                        .willMessage("w".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
    }

    private MqttConnectReturnCode answerTo(MqttMessageBuilders.ConnectBuilder connect) {
        try (TestClient client = gateway.client()) {
            client.send(connect.build());
            MqttConnAckMessage ack = (MqttConnAckMessage) client.receive();
            client.expectClosed();
            return ack.variableHeader().connectReturnCode();
        }
    }

    @Test
    @Normative("MQTT-3.3.5-2")
    void publishingWhereOneMayNotEndsTheConnection() {
        try (TestClient unknown = connected(A, true);
                TestClient reader = gateway.client()) {
            unknown.publish("nowhere/x", 1, 1, "x");
            unknown.expectClosed();
            reader.connect(B, true, connect -> connect.username("READER"));
            reader.publish("T/x", 1, 1, "x");
            reader.expectClosed();
        }
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.UNKNOWN_TOPIC))
                .isEqualTo(1);
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.NOT_PERMITTED))
                .isEqualTo(1);
        assertThat(gateway.log.records()).isEmpty();
    }

    @Test
    void aFirstLevelWildcardBringsOnlyWhatTheAccountMayRead() {
        try (TestClient reader = gateway.client();
                TestClient publisher = connected(B, true)) {
            reader.connect(A, true, connect -> connect.username("READER"));
            assertThat(reader.subscribe(1, "#", "U/x")).containsExactly(1, 0x80);
            publisher.publish("U/x", 1, 1, "not for you");
            publisher.expect(MqttMessageType.PUBACK, 1);
            publisher.publish("T/x", 1, 2, "for you");
            assertThat(text(reader.receivePublish())).isEqualTo("for you");
        }
    }

    @Test
    void retainedMessagesComeWithASubscriptionAndLiveOnesWithoutTheFlag() {
        try (TestClient publisher = connected(B, true);
                TestClient subscriber = connected(A, true)) {
            publisher.publish("T/r/1", 1, 1, "old", true, false);
            publisher.publish("T/r/1", 1, 2, "kept", true, false);
            publisher.publish("T/r/2", 1, 3, "cleared", true, false);
            publisher.publish("T/r/2", 1, 4, "", true, false);
            for (int i = 1; i <= 4; i++) {
                publisher.expect(MqttMessageType.PUBACK, i);
            }
            assertThat(subscriber.subscribe(1, "T/r/+")).containsExactly(1);
            MqttPublishMessage retained = subscriber.receivePublish();
            assertThat(text(retained)).isEqualTo("kept");
            assertThat(retained.fixedHeader().isRetain()).isTrue();
            publisher.publish("T/r/1", 0, 0, "live", true, false);
            MqttPublishMessage live = subscriber.receivePublish();
            assertThat(text(live)).isEqualTo("live");
            assertThat(live.fixedHeader().isRetain()).isFalse();
        }
    }

    @Test
    void answersToPipelinedRequestsComeInTheirOrder() {
        try (TestClient client = gateway.client()) {
            client.send(
                    connectPacket(A, true).build(),
                    MqttMessageBuilders.subscribe()
                            .messageId(1)
                            .addSubscription(MqttQoS.AT_MOST_ONCE, "T/#")
                            .build(),
                    MqttMessage.PINGREQ,
                    MqttMessageBuilders.publish()
                            .topicName("T/x")
                            .qos(MqttQoS.AT_LEAST_ONCE)
                            .messageId(2)
                            .payload(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                            .build(),
                    MqttMessageBuilders.unsubscribe()
                            .messageId(3)
                            .addTopicFilter("T/#")
                            .build(),
                    MqttMessage.PINGREQ);
            assertThat(client.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
            assertThat(client.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.SUBACK);
            assertThat(client.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
            List<MqttMessageType> rest = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                rest.add(client.receive().fixedHeader().messageType());
            }
            assertThat(rest)
                    .containsExactlyInAnyOrder(
                            MqttMessageType.PUBACK,
                            MqttMessageType.PUBLISH,
                            MqttMessageType.UNSUBACK,
                            MqttMessageType.PINGRESP)
                    .startsWith(MqttMessageType.PUBACK);
        }
    }

    @Test
    void atMostThirtySubscriptionsAreGranted() {
        try (TestClient client = connected(A, true)) {
            String[] filters = new String[31];
            for (int i = 0; i < filters.length; i++) {
                filters[i] = "T/" + i;
            }
            List<Integer> codes = client.subscribe(1, filters);
            assertThat(codes.subList(0, 30)).containsOnly(1);
            assertThat(codes.get(30)).isEqualTo(0x80);
            assertThat(client.subscribe(0, "T/0"))
                    .as("replacing is not one more")
                    .containsExactly(0);
        }
    }
}
