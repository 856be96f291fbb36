package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is made and taken back over the API while clients are connected has its effect on them within a second. */
@ExtendWith(SharedServer.class)
class WithdrawnPermissionTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static int number;

    private final TestServer server;
    private final Management management;
    private final String name = "Withdrawn" + ++number;
    private final String topic = name;
    private final String group = "GID_" + name;
    private final String clientId = group + "@@@d";
    private String accessKey;
    private String secretKey;

    WithdrawnPermissionTest(TestServer server) {
        this.server = server;
        this.management = new Management(server);
    }

    /** A topic, a group and a sub-account with one policy: all of that topic. */
    @BeforeEach
    void makeResources() {
        management.write("POST", "/topics", "{\"name\":\"" + topic + "\"}");
        management.write("POST", "/groups", "{\"name\":\"" + group + "\"}");
        management.write("POST", "/policies", "{\"name\":\"" + name + "\",\"document\":" + policy("mq:*") + "}");
        JsonNode key = management.write(
                "POST",
                "/accounts",
                "{\"name\":\"" + name + "\",\"main\":\"" + TestServer.ACCESS_KEY + "\",\"groups\":[\"" + group
                        + "\"],\"policies\":[\"" + name + "\"]}");
        accessKey = key.get("id").asText();
        secretKey = key.get("secretKey").asText();
    }

    private String policy(String action) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"acs:mq:*:*:" + topic + "\"}]}";
    }

    @Test
    void aNewTopicCarriesMessagesBetweenBothProtocolsAtOnce() throws Exception {
        try (PahoDevice device = device();
                RocketMqApplication application = application()) {
            Inbox inbox = application.consume(topic, "*");
            device.subscribe(topic + "/#", 1);
            device.publish(topic + "/up", "up", 1);
            assertThat(inbox.next().body()).isEqualTo("up");
            assertThat(device.next().payload()).isEqualTo("up");
            application.send(topic, "MQ2MQTT", Map.of("mqttSecondTopic", "/down"), "down");
            assertThat(device.next().payload()).isEqualTo("down");
        }
    }

    @Test
    void aWithdrawnPermissionToSubscribeDisconnectsTheDeviceWithTheReasonInTheLog() throws Exception {
        try (PahoDevice device = device()) {
            device.subscribe(topic + "/#", 1);
            management.write("PUT", "/policies/" + name, "{\"document\":" + policy("mq:PUB") + "}");
            awaitDisconnected(device);
        }
        server.awaitLog("account " + name + " may no longer subscribe to " + topic + "/#");
        try (PahoDevice device = device()) {
            assertThatThrownBy(() -> device.subscribe(topic + "/#", 1)).isInstanceOf(MqttException.class);
            device.publish(topic + "/x", "still permitted", 1);
        }
    }

    @Test
    void aWithdrawnPermissionToPublishDisconnectsTheDeviceThatHasPublished() throws Exception {
        try (PahoDevice device = device()) {
            device.publish(topic + "/x", "x", 1);
            management.write("DELETE", "/accounts/" + name + "/policies/" + name, "");
            awaitDisconnected(device);
        }
        server.awaitLog("account " + name + " may no longer publish to " + topic + "/x");
    }

    @Test
    void aServerApplicationSendsAndReceivesNothingMoreOnceThePermissionIsWithdrawn() throws Exception {
        try (RocketMqApplication application = application();
                RocketMqApplication other =
                        new RocketMqApplication(server, group + "2", TestServer.ACCESS_KEY, TestServer.SECRET_KEY)) {
            Inbox inbox = application.consume(topic, "*");
            other.send(topic, "", Map.of(), "before");
            assertThat(inbox.next().body()).isEqualTo("before");
            application.send(topic, "", Map.of(), "its own");
            assertThat(inbox.next().body()).isEqualTo("its own");

            management.write("DELETE", "/accounts/" + name + "/policies/" + name, "");
            other.send(topic, "", Map.of(), "withdrawn");

            assertThatThrownBy(() -> application.send(topic, "", Map.of(), "never"))
                    .hasStackTraceContaining("permission");
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(inbox::isEmpty);
            management.write("PUT", "/accounts/" + name + "/policies/" + name, "");
            assertThat(inbox.next().body()).as("what waited meanwhile").isEqualTo("withdrawn");
        }
    }

    @Test
    void aDisabledAccountIsRefusedByBothProtocols() throws Exception {
        try (PahoDevice device = device();
                RocketMqApplication application = application()) {
            application.send(topic, "", Map.of(), "before");
            management.write("PUT", "/accounts/" + name, "{\"enabled\":false}");
            awaitDisconnected(device);
            assertThatThrownBy(this::device).isInstanceOf(MqttException.class);
            assertThatThrownBy(() -> application.send(topic, "", Map.of(), "never"))
                    .isNotNull();
        }
        management.write("PUT", "/accounts/" + name, "{\"enabled\":true}");
        device().close();
    }

    @Test
    void aRotatedKeyIsGoodForTheOverlapOnly() throws Exception {
        try (PahoDevice device = device()) {
            JsonNode fresh = management.write(
                    "POST", "/accounts/" + name + "/keys/" + accessKey + "/rotation", "{\"overlapSeconds\":8}");
            device.publish(topic + "/x", "with the old key", 1);
            assertThat(device.awaitLost()).isTrue();
            device(fresh.get("id").asText(), fresh.get("secretKey").asText()).close();
            assertThatThrownBy(this::device).isInstanceOf(MqttException.class);
        }
        server.awaitLog("AccessKey " + accessKey + " was removed or disabled");
    }

    @Test
    void aTokenLetsADeviceInUntilItIsRevoked() throws Exception {
        JsonNode token = issue(topic + "/${deviceId}/#", Instant.now().plusSeconds(600));
        try (PahoDevice device =
                device("Token|" + accessKey + "|x", "RW|" + token.get("token").asText())) {
            device.subscribe(topic + "/d/#", 1);
            device.publish(topic + "/d/x", "x", 1);
            assertThat(device.next().payload()).isEqualTo("x");
            management.write("DELETE", "/mqtt-tokens/" + token.get("id").asText(), "");
            awaitDisconnected(device);
        }
        server.awaitLog("the token was revoked");
    }

    @Test
    void aTokenEndsByItself() throws Exception {
        JsonNode token = issue(topic, Instant.now().plusSeconds(6));
        try (PahoDevice device =
                device("Token|" + accessKey + "|x", "RW|" + token.get("token").asText())) {
            assertThat(device.next().topic()).isEqualTo("$SYS/tokenExpireNotice");
            assertThat(device.awaitLost()).isTrue();
        }
        server.awaitLog("the token has expired");
    }

    private JsonNode issue(String resource, Instant expires) {
        return management.write(
                "POST",
                "/mqtt-tokens",
                "{\"account\":\"" + name + "\",\"resources\":[\"" + resource + "\"],\"actions\":[\"R\",\"W\"],"
                        + "\"expires\":\"" + expires + "\"}");
    }

    @Test
    void aDeviceWithACredentialOfItsOwnIsCutOffAlone() throws Exception {
        JsonNode credential = management.write(
                "POST", "/device-credentials", "{\"account\":\"" + name + "\",\"clientId\":\"" + clientId + "\"}");
        String password =
                TestServer.password(clientId, credential.get("secretKey").asText());
        try (PahoDevice own = device("DeviceCredential|" + credential.get("id").asText() + "|x", password);
                PahoDevice other = PahoDevice.connect(server, server.tcp(), clientId + "2", options -> {
                    options.setUserName(accessKey);
                    options.setPassword(TestServer.password(group, secretKey).toCharArray());
                })) {
            own.publish(topic + "/x", "x", 1);
            management.write(
                    "DELETE", "/device-credentials/" + credential.get("id").asText(), "");
            awaitDisconnected(own);
            other.publish(topic + "/x", "x", 1);
        }
    }

    @Test
    void badInputNamesTheFieldAndChangesNothing() {
        var answer = management.call(
                "PUT",
                "/policies/" + name,
                "{\"document\":{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"mq:ALL\","
                        + "\"Resource\":\"acs:mq:*:*:*\"}]}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("document.Statement[0].Action").contains("expected: mq:PUB, mq:SUB or mq:*");
        assertThat(management
                        .call("POST", "/topics", "{\"name\":\"" + topic + "\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(management.call("DELETE", "/policies/" + name, "").statusCode())
                .isEqualTo(409);
        assertThat(management.get("/policies/" + name).get("document").toString())
                .isEqualTo(policy("mq:*"));
    }

    @Test
    void noSecretIsShownTwiceOrLogged() throws Exception {
        JsonNode token = issue(topic, Instant.now().plusSeconds(600));
        device().close();
        assertThat(management.get("/accounts/" + name).toString())
                .contains(accessKey)
                .doesNotContain(secretKey);
        assertThat(management.get("/mqtt-tokens?account=" + name).toString())
                .contains(token.get("id").asText())
                .doesNotContain(token.get("token").asText());
        assertThat(server.log())
                .doesNotContain(secretKey)
                .doesNotContain(token.get("token").asText());
    }

    private void awaitDisconnected(PahoDevice device) {
        await().atMost(A_SECOND).pollInterval(Duration.ofMillis(10)).until(() -> !device.client()
                .isConnected());
    }

    private PahoDevice device() throws MqttException {
        return device(accessKey, secretKey);
    }

    /** With an AccessKey and its secret key, or, with a mode before the AccessKey, a password. */
    private PahoDevice device(String user, String secret) throws MqttException {
        String password = user.contains("|") ? secret : TestServer.password(group, secret);
        return PahoDevice.connect(server, server.tcp(), clientId, options -> {
            options.setUserName(user);
            options.setPassword(password.toCharArray());
        });
    }

    private RocketMqApplication application() {
        return new RocketMqApplication(server, group, accessKey, secretKey);
    }
}
