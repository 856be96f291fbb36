package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.AccountOperations;
import isthmus.server.operations.PolicyOperations;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttException;

@Areas({AccountOperations.class, PolicyOperations.class})
class AccountOperationsTest extends OperatorTest {
    AccountOperationsTest(TestServer server) {
        super(server);
    }

    private PahoDevice signedOn(Hand hand, JsonNode key) throws MqttException {
        return PahoDevice.connect(server, server.tcp(), "GID_Ops@@@" + hand.own("account"), options -> {
            options.setUserName(key.get("id").asText());
            options.setPassword(
                    TestServer.password("GID_Ops", key.get("secretKey").asText())
                            .toCharArray());
        });
    }

    private JsonNode account(Hand hand, String name) {
        return hand.ask(AccountOperations.CREATE, "name", name, "main", "full", "groups", List.of("GID_Ops"));
    }

    private static JsonNode document(String action) throws Exception {
        return new ObjectMapper()
                .readTree("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                        + "\",\"Resource\":\"acs:mq:*:*:Ops/granted/#\"}]}");
    }

    @ByEachHand
    void anAccountMayDoWhatItsPoliciesSayUntilTheyAreChangedOrDetached(Hand hand) throws Exception {
        String name = hand.own("governed");
        JsonNode key = account(hand, name);
        hand.ask(PolicyOperations.CREATE, "name", name, "document", document("mq:*"));
        hand.ask(AccountOperations.ATTACH, "account", name, "policy", name);
        assertThat(hand.ask(AccountOperations.ACCOUNT, "account", name)
                        .get("policies")
                        .toString())
                .isEqualTo("[\"" + name + "\"]");
        try (PahoDevice device = signedOn(hand, key)) {
            device.subscribe("Ops/granted/#", 1);
            device.publish("Ops/granted/x", "x", 1);
            assertThat(device.next().payload()).isEqualTo("x");
            assertThatThrownBy(() -> device.subscribe("Ops/other", 1)).isInstanceOf(MqttException.class);
            hand.ask(PolicyOperations.CHANGE, "policy", name, "document", document("mq:SUB"));
            assertThat(device.awaitLost()).isTrue();
        }
        assertThat(hand.ask(PolicyOperations.POLICY, "policy", name)
                        .at("/document/Statement/0/Action")
                        .toString())
                .contains("mq:SUB");
        assertThat(texts(hand.ask(PolicyOperations.POLICIES), "name")).contains("AliyunMQFullAccess", name);
        assertThat(hand.refused(PolicyOperations.DELETE, "policy", name)).contains(name);
        try (PahoDevice device = signedOn(hand, key)) {
            device.subscribe("Ops/granted/#", 1);
            hand.ask(AccountOperations.DETACH, "account", name, "policy", name);
            assertThat(device.awaitLost()).isTrue();
        }
        hand.ask(PolicyOperations.DELETE, "policy", name);
        assertThat(texts(hand.ask(PolicyOperations.POLICIES), "name")).doesNotContain(name);
    }

    @ByEachHand
    void anAccountIsDisabledEnabledAndDeleted(Hand hand) throws Exception {
        String name = hand.own("switched");
        JsonNode key = account(hand, name);
        assertThat(texts(hand.ask(AccountOperations.ACCOUNTS, "main", "full"), "name"))
                .contains(name);
        try (PahoDevice device = signedOn(hand, key)) {
            hand.ask(AccountOperations.CHANGE, "account", name, "enabled", false);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThatThrownBy(() -> signedOn(hand, key)).isInstanceOf(MqttException.class);
        hand.ask(AccountOperations.CHANGE, "account", name, "enabled", true, "publish", List.of("Ops"));
        try (PahoDevice device = signedOn(hand, key)) {
            device.publish("Ops/granted", "x", 1);
            JsonNode changed = hand.ask(AccountOperations.CHANGE, "account", name, "publish", List.of());
            assertThat(changed.get("publish")).isEmpty();
            assertThat(device.awaitLost()).isTrue();
        }
        try (PahoDevice device = signedOn(hand, key)) {
            hand.ask(AccountOperations.DELETE, "account", name);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThat(hand.refused(AccountOperations.ACCOUNT, "account", name)).contains(name);
    }

    @ByEachHand
    void keysAreAddedRotatedDisabledAndRemoved(Hand hand) throws Exception {
        String name = hand.own("keyed");
        JsonNode first = account(hand, name);
        JsonNode second = hand.ask(AccountOperations.ADD_KEY, "account", name);
        try (PahoDevice device = signedOn(hand, second)) {
            hand.ask(AccountOperations.CHANGE_KEY, "account", name, "accessKey", id(second), "enabled", false);
            assertThat(device.awaitLost()).isTrue();
        }
        hand.ask(AccountOperations.CHANGE_KEY, "account", name, "accessKey", id(second), "enabled", true);
        try (PahoDevice device = signedOn(hand, second)) {
            hand.ask(AccountOperations.REMOVE_KEY, "account", name, "accessKey", id(second));
            assertThat(device.awaitLost()).isTrue();
        }
        JsonNode third;
        try (PahoDevice device = signedOn(hand, first)) {
            third = hand.ask(
                    AccountOperations.ROTATE_KEY, "account", name, "accessKey", id(first), "overlapSeconds", 0);
            assertThat(device.awaitLost()).isTrue();
        }
        signedOn(hand, third).close();
        JsonNode shown = hand.ask(AccountOperations.ACCOUNT, "account", name);
        assertThat(texts(shown.get("keys"), "accessKey")).contains(id(third)).doesNotContain(id(second));
        assertThat(shown.toString()).doesNotContain(third.get("secretKey").asText());
    }

    private static String id(JsonNode key) {
        return key.get("id").asText();
    }
}
