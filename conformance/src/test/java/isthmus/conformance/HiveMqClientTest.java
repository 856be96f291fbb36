package isthmus.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import isthmus.conformance.normative.Normative;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class HiveMqClientTest {
    private final TestServer server;

    HiveMqClientTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "ws", "wss"})
    @Normative({"MQTT-7.0.0-2", "MQTT-7.1.1-1"})
    void aMessageWithEachQualityOfServiceComesBack(String listener) throws Exception {
        Mqtt3BlockingClient client = client(listener, "GID_HiveMq@@@" + listener);
        client.connectWith().simpleAuth(login("GID_HiveMq")).keepAlive(30).send();
        try (Mqtt3Publishes received = client.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
            client.subscribeWith()
                    .topicFilter("HiveMq/" + listener + "/#")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .send();
            for (MqttQos qos : MqttQos.values()) {
                client.publishWith()
                        .topic("HiveMq/" + listener + "/" + qos.getCode())
                        .qos(qos)
                        .payload(qos.name().getBytes(UTF_8))
                        .send();
                Mqtt3Publish message = received.receive(20, TimeUnit.SECONDS).orElseThrow();
                assertThat(message.getTopic()).hasToString("HiveMq/" + listener + "/" + qos.getCode());
                assertThat(message.getQos()).isEqualTo(qos);
                assertThat(message.getPayloadAsBytes()).asString(UTF_8).isEqualTo(qos.name());
            }
        }
        client.disconnect();
    }

    @Test
    void aRefusedSubscriptionAndARefusedConnectionCarryTheirCodes() {
        Mqtt3BlockingClient client = client("tcp", "GID_HiveMq@@@refused");
        client.connectWith().simpleAuth(login("GID_HiveMq")).send();
        assertThatThrownBy(() ->
                        client.subscribeWith().topicFilter("NoSuchTopic/#").send())
                .isInstanceOf(Mqtt3SubAckException.class);
        client.disconnect();

        Mqtt3BlockingClient stranger = client("tcp", "GID_NoSuchGroup@@@refused");
        assertThatThrownBy(() -> stranger.connectWith()
                        .simpleAuth(login("GID_NoSuchGroup"))
                        .send())
                .isInstanceOfSatisfying(Mqtt3ConnAckException.class, refused -> assertThat(
                                refused.getMqttMessage().getReturnCode())
                        .isEqualTo(Mqtt3ConnAckReturnCode.IDENTIFIER_REJECTED));
    }

    private static com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth login(String groupId) {
        return com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth.builder()
                .username(TestServer.ACCESS_KEY)
                .password(TestServer.password(groupId).getBytes(UTF_8))
                .build();
    }

    private Mqtt3BlockingClient client(String listener, String clientId) {
        URI address =
                switch (listener) {
                    case "tls" -> server.tls();
                    case "ws" -> server.ws();
                    case "wss" -> server.wss();
                    default -> server.tcp();
                };
        Mqtt3ClientBuilder builder = Mqtt3Client.builder()
                .identifier(clientId)
                .serverHost(address.getHost())
                .serverPort(address.getPort());
        if (listener.startsWith("ws")) {
            builder = builder.webSocketConfig()
                    .serverPath(address.getPath().substring(1))
                    .applyWebSocketConfig();
        }
        if (listener.equals("tls") || listener.equals("wss")) {
            builder = builder.sslConfig()
                    .trustManagerFactory(server.trust().factory())
                    .applySslConfig();
        }
        return builder.buildBlocking();
    }
}
