package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.conformance.fixture.OnsApplication;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What server applications may do and may not do, with each of the two clients. */
@ExtendWith(SharedServer.class)
class ServerApplicationTest {
    enum Client {
        ONS,
        ROCKET_MQ;

        ServerApplication with(TestServer server, String group, String accessKey, String secretKey) {
            return this == ONS
                    ? new OnsApplication(server, group, accessKey, secretKey)
                    : new RocketMqApplication(server, group, accessKey, secretKey);
        }

        String group() {
            return this == ONS ? "GID_AppsOns" : "GID_AppsRocketMq";
        }
    }

    private final TestServer server;

    ServerApplicationTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource
    void itsMessagesReachTheSubscribersOfTheirSubTopic(Client client) throws Exception {
        String name = "down-" + client;
        try (PahoDevice device = device(name);
                ServerApplication application = application(client)) {
            device.subscribe("Apps/" + name + "/#", 2);
            application.send("Apps", "MQ2MQTT", Map.of("mqttSecondTopic", "/" + name + "/a"), "1");
            assertThat(device.next())
                    .as("QoS 1 when nothing is said")
                    .isEqualTo(new PahoDevice.Received("Apps/" + name + "/a", "1", 1, false));
            application.send("Apps", "MQ2MQTT", Map.of("mqttSecondTopic", name + "/b", "qoslevel", "2"), "2");
            assertThat(device.next())
                    .as("without the leading slash")
                    .isEqualTo(new PahoDevice.Received("Apps/" + name + "/b", "2", 2, false));
            application.send("Apps", "MQ2MQTT", Map.of("mqttSecondTopic", "/" + name + "/", "qoslevel", "0"), "3");
            assertThat(device.next())
                    .as("with an empty last level")
                    .isEqualTo(new PahoDevice.Received("Apps/" + name + "/", "3", 0, false));
            application.send(
                    "Apps",
                    "MQ2MQTT",
                    Map.of("mqttSecondTopic", "/" + name + "/c", "mqttRealTopic", "Apps/" + name + "/seen"),
                    "4");
            assertThat(device.next().topic()).as("the topic it is to see").isEqualTo("Apps/" + name + "/seen");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsMessagesWithoutTheTagDoNotReachDevices(Client client) throws Exception {
        String name = "tag-" + client;
        try (PahoDevice device = device(name);
                ServerApplication application = application(client)) {
            device.subscribe("Apps/" + name, 1);
            application.send("Apps", "other", Map.of("mqttSecondTopic", "/" + name), "not for devices");
            application.send("Apps", "MQ2MQTT", Map.of("mqttSecondTopic", "/" + name), "for devices");
            assertThat(device.next().payload()).isEqualTo("for devices");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageForAnAbsentDeviceWaitsOnlyIfItAsksForThat(Client client) throws Exception {
        String name = "absent-" + client;
        String clientId = "GID_Apps@@@" + name;
        try (ServerApplication application = application(client)) {
            device(name).close();
            String subTopic = "/p2p/" + clientId;
            application.send("Apps", "MQ2MQTT", Map.of("mqttSecondTopic", subTopic), "gone");
            application.send(
                    "Apps", "MQ2MQTT", Map.of("mqttSecondTopic", subTopic, "cleansessionflag", "false"), "kept");
            try (PahoDevice device = device(name)) {
                assertThat(device.next()).isEqualTo(new PahoDevice.Received("Apps" + subTopic, "kept", 1, false));
                application.send("Apps", "MQ2MQTT", Map.of("mqttSecondTopic", subTopic), "live");
                assertThat(device.next().payload()).isEqualTo("live");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itReceivesWhatDevicesPublishWithTheDocumentedProperties(Client client) throws Exception {
        String name = "up-" + client;
        try (ServerApplication application = application(client);
                PahoDevice device = device(name)) {
            Inbox inbox = application.consume("Apps", "*");
            device.publish("Apps/" + name + "/notice/", "with an empty last level", 2);
            ServerApplication.Received message = inbox.next();
            while (!message.body().equals("with an empty last level")
                    || !("GID_Apps@@@" + name).equals(message.properties().get("clientId"))) {
                message = inbox.next(); // what the other tests sent before
            }
            assertThat(message.tag()).isEmpty();
            assertThat(message.properties())
                    .containsEntry("mqttSecondTopic", "/" + name + "/notice/")
                    .containsEntry("qoslevel", "2")
                    .containsEntry("cleansessionflag", "true")
                    .containsEntry("MSG_S", "MQTT")
                    .doesNotContainKey("mqttRetain");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itReceivesWhatAnSqlExpressionOverThePropertiesSelects(Client client) throws Exception {
        String name = "sql-" + client;
        try (ServerApplication application =
                        client.with(server, "GID_Open", TestServer.NARROW_ACCESS_KEY, TestServer.NARROW_SECRET_KEY);
                PahoDevice device = device(name)) {
            Inbox inbox = application.consumeBySql(
                    "Open",
                    "mqttSecondTopic STARTSWITH '/" + name + "/' AND qoslevel >= 1 AND mqttRetain IS NULL"
                            + " AND (clientId IN ('GID_Apps@@@" + name + "', 'GID_Apps@@@other') OR degrees > 10)");
            device.publish("Open/" + name + "/a", "first", 1);
            device.publish("Open/" + name + "/a", "QoS 0", 0);
            device.publish("Open/" + name, "another topic", 1);
            Map<String, String> notSelected =
                    Map.of("mqttSecondTopic", "/" + name + "/a", "qoslevel", "1", "degrees", "not a number");
            application.send("Open", "", notSelected, "no device");
            device.publish("Open/" + name + "/b", "last", 2);

            assertThat(List.of(inbox.next().body(), inbox.next().body())).containsExactlyInAnyOrder("first", "last");
            assertThat(inbox.isEmpty()).isTrue();
            assertThat(server.log()).doesNotContain("not a number");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anSqlExpressionThatIsNoneIsRefusedWhenItStarts(Client client) {
        try (ServerApplication application = application(client)) {
            assertThatThrownBy(() -> application.consumeBySql("Apps", "qoslevel >"))
                    .hasStackTraceContaining("CODE: 23")
                    .hasStackTraceContaining("line 1, column 10");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyIsRefusedWhenItSends(Client client) {
        try (ServerApplication application =
                client.with(server, client.group(), TestServer.ACCESS_KEY, "not-the-secret-key")) {
            assertThatThrownBy(() -> application.send("Apps", "MQ2MQTT", Map.of(), "never"))
                    .hasStackTraceContaining("signature");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountSendsOnlyToTopicsForWhichItHasPermission(Client client) throws Exception {
        try (ServerApplication application =
                client.with(server, "GID_Open", TestServer.NARROW_ACCESS_KEY, TestServer.NARROW_SECRET_KEY)) {
            application.send("Open", "MQ2MQTT", Map.of(), "allowed");
            assertThatThrownBy(() -> application.send("Closed", "MQ2MQTT", Map.of(), "never"))
                    .hasStackTraceContaining("permission");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConsumerWithoutPermissionReceivesNothing(Client client) throws Exception {
        try (ServerApplication narrow =
                        client.with(server, "GID_Open", TestServer.NARROW_ACCESS_KEY, TestServer.NARROW_SECRET_KEY);
                ServerApplication full = application(client)) {
            Inbox closed = narrow.consume("Closed", "*");
            Inbox open = full.consume("Closed", "*");
            full.send("Closed", "other", Map.of(), "for those with permission");
            assertThat(open.next().body()).isEqualTo("for those with permission");
            assertThat(closed.isEmpty()).isTrue();
        }
    }

    @Test
    void anAccountAsksForTheEndsOfQueuesOnlyWhereItMayReceive() throws Exception {
        try (RocketMqApplication narrow = new RocketMqApplication(
                server, "GID_Open", TestServer.NARROW_ACCESS_KEY, TestServer.NARROW_SECRET_KEY)) {
            long before = narrow.countMessages("Open");
            narrow.send("Open", "other", Map.of(), "counts");
            await().until(() -> narrow.countMessages("Open") > before); // a queue's end follows the log
            assertThatThrownBy(() -> narrow.countMessages("Closed")).hasStackTraceContaining("permission");
        }
    }

    private ServerApplication application(Client client) {
        return client.with(server, client.group(), TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
    }

    private PahoDevice device(String deviceId) throws Exception {
        return PahoDevice.connect(server, "GID_Apps@@@" + deviceId);
    }
}
