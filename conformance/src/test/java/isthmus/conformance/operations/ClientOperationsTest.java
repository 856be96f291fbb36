package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.ClientOperations;
import org.eclipse.paho.client.mqttv3.MqttException;

@Areas(ClientOperations.class)
class ClientOperationsTest extends OperatorTest {
    ClientOperationsTest(TestServer server) {
        super(server);
    }

    @ByEachHand
    void clientsAreListedSearchedAndShown(Hand hand) throws Exception {
        String prefix = "GID_Ops@@@" + hand.own("list");
        try (PahoDevice first = device(prefix + "-1");
                PahoDevice second = stored(prefix + "-2")) {
            second.subscribe("Ops/list/#", 2);
            second.subscribe("Ops/list/a", 0);
            JsonNode page = hand.ask(ClientOperations.LIST, "prefix", prefix, "limit", 1);
            assertThat(texts(page, "clientId")).containsExactly(prefix + "-1");
            JsonNode rest = hand.ask(
                    ClientOperations.LIST,
                    "prefix",
                    prefix,
                    "limit",
                    1,
                    "cursor",
                    page.get("next").asText());
            assertThat(texts(rest, "clientId")).containsExactly(prefix + "-2");
            assertThat(rest.has("next")).isFalse();
            assertThat(texts(hand.ask(ClientOperations.LIST, "address", "127.0.0.1", "online", true), "clientId"))
                    .contains(prefix + "-1", prefix + "-2");
            assertThat(texts(hand.ask(ClientOperations.LIST, "group", "GID_Else"), "clientId"))
                    .isEmpty();

            JsonNode shown = hand.ask(ClientOperations.SHOW, "clientId", prefix + "-2");
            assertThat(shown.get("online").asBoolean()).isTrue();
            assertThat(shown.at("/connection/account").asText()).isEqualTo("full");
            assertThat(texts(shown.get("subscriptions"), "filter")).containsExactly("Ops/list/#", "Ops/list/a");
            assertThat(texts(shown.get("subscriptions"), "qos")).containsExactly("2", "0");
        }
        assertThat(hand.refused(ClientOperations.SHOW, "clientId", "nobody")).contains("nobody");
        hand.ask(ClientOperations.DELETE_SESSION, "clientId", prefix + "-2");
    }

    @ByEachHand
    void aClientIsDisconnectedAndItsSessionForgotten(Hand hand) throws Exception {
        String clientId = "GID_Ops@@@" + hand.own("cut");
        try (PahoDevice device = stored(clientId)) {
            device.subscribe("Ops/cut", 1);
            hand.ask(ClientOperations.DISCONNECT, "clientId", clientId);
            assertThat(device.awaitLost()).isTrue();
        }
        JsonNode shown = hand.ask(ClientOperations.SHOW, "clientId", clientId);
        assertThat(shown.get("online").asBoolean()).isFalse();
        assertThat(shown.at("/lastDisconnect/reason").asText()).isEqualTo("operator");
        assertThat(texts(shown.get("subscriptions"), "filter")).containsExactly("Ops/cut");
        assertThat(hand.refused(ClientOperations.DISCONNECT, "clientId", clientId))
                .contains("not online");

        try (PahoDevice device = stored(clientId)) {
            hand.ask(ClientOperations.DELETE_SESSION, "clientId", clientId);
            assertThat(device.awaitLost()).isTrue();
        }
        shown = hand.ask(ClientOperations.SHOW, "clientId", clientId);
        assertThat(shown.get("stored").asBoolean()).isFalse();
        assertThat(shown.get("subscriptions")).isEmpty();
    }

    @ByEachHand
    void aBannedClientIsCutOffAndKeptOutUntilItIsLetInAgain(Hand hand) throws Exception {
        String clientId = "GID_Ops@@@" + hand.own("banned");
        try (PahoDevice device = device(clientId)) {
            hand.ask(ClientOperations.ADD_BAN, "clientId", clientId, "reason", "a test");
            assertThat(device.awaitLost()).isTrue();
        }
        assertThatThrownBy(() -> device(clientId)).isInstanceOf(MqttException.class);
        JsonNode ban = hand.ask(ClientOperations.BANS).at("/items/0");
        assertThat(ban.get("clientId").asText()).isEqualTo(clientId);
        assertThat(ban.get("reason").asText()).isEqualTo("a test");
        assertThat(hand.ask(ClientOperations.SHOW, "clientId", clientId)
                        .get("banned")
                        .asBoolean())
                .isTrue();
        hand.ask(ClientOperations.REMOVE_BAN, "clientId", clientId);
        device(clientId).close();
    }

    @ByEachHand
    void aTraceShowsPacketsWithoutPayloads(Hand hand) throws Exception {
        String clientId = "GID_Ops@@@" + hand.own("traced");
        try (PahoDevice device = device(clientId)) {
            Events trace = hand.follow(ClientOperations.TRACE, "clientId", clientId, "seconds", 20);
            trace.next("kind", "trace");
            device.publish("Ops/traced", "not to be seen", 1);
            assertThat(trace.next("name", "PUBLISH").get("detail").asText())
                    .contains("topic=Ops/traced")
                    .doesNotContain("not to be seen");
            assertThat(trace.next("name", "PUBACK").get("kind").asText()).isEqualTo("sent");
        }
    }
}
