package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.operations.CredentialOperations;
import java.time.Instant;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttException;

@Areas(CredentialOperations.class)
class CredentialOperationsTest extends OperatorTest {
    CredentialOperationsTest(TestServer server) {
        super(server);
    }

    private PahoDevice signedOn(String clientId, String userName, String password) throws MqttException {
        return PahoDevice.connect(server, server.tcp(), clientId, options -> {
            options.setUserName(userName);
            options.setPassword(password.toCharArray());
        });
    }

    private PahoDevice withCredential(String clientId, JsonNode credential) throws MqttException {
        return signedOn(
                clientId,
                "DeviceCredential|" + credential.get("id").asText() + "|x",
                TestServer.password(clientId, credential.get("secretKey").asText()));
    }

    @ByEachHand
    void aDeviceIsLetInByItsCredentialUntilThatIsDisabledRenewedOrRemoved(Hand hand) throws Exception {
        String clientId = "GID_Ops@@@" + hand.own("credential");
        JsonNode credential = hand.ask(CredentialOperations.REGISTER, "account", "full", "clientId", clientId);
        String id = credential.get("id").asText();
        try (PahoDevice device = withCredential(clientId, credential)) {
            hand.ask(CredentialOperations.CHANGE_DEVICE, "id", id, "enabled", false);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThatThrownBy(() -> withCredential(clientId, credential)).isInstanceOf(MqttException.class);
        assertThat(hand.ask(CredentialOperations.DEVICE, "id", id)
                        .get("enabled")
                        .asBoolean())
                .isFalse();
        hand.ask(CredentialOperations.CHANGE_DEVICE, "id", id, "enabled", true);

        JsonNode renewed;
        try (PahoDevice device = withCredential(clientId, credential)) {
            renewed = hand.ask(CredentialOperations.RENEW_DEVICE, "id", id);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThat(texts(hand.ask(CredentialOperations.DEVICES, "account", "full"), "clientId"))
                .contains(clientId);
        try (PahoDevice device = withCredential(clientId, renewed)) {
            hand.ask(CredentialOperations.UNREGISTER, "id", id);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThat(hand.refused(CredentialOperations.DEVICE, "id", id)).contains(id);
    }

    @ByEachHand
    void aTemporaryTokenLetsADeviceInUntilItIsRevoked(Hand hand) throws Exception {
        JsonNode token = hand.ask(
                CredentialOperations.ISSUE,
                "account",
                "full",
                "resources",
                List.of("Ops"),
                "actions",
                List.of("R", "W"),
                "expires",
                Instant.now().plusSeconds(600).toString());
        String text = token.get("token").asText();
        String id = token.get("id").asText();
        JsonNode found = hand.ask(CredentialOperations.QUERY, "text", text);
        assertThat(found.get("id").asText()).isEqualTo(id);
        assertThat(found.get("writes").asBoolean()).isTrue();
        String clientId = "GID_Ops@@@" + hand.own("token");
        try (PahoDevice device = signedOn(clientId, "Token|full|x", "RW|" + text)) {
            device.subscribe("Ops/token/" + hand, 1);
            device.publish("Ops/token/" + hand, "x", 1);
            assertThat(device.next().payload()).isEqualTo("x");
            hand.ask(CredentialOperations.REVOKE, "id", id);
            assertThat(device.awaitLost()).isTrue();
        }
        assertThatThrownBy(() -> signedOn(clientId, "Token|full|x", "RW|" + text))
                .isInstanceOf(MqttException.class);
        JsonNode list = hand.ask(CredentialOperations.TOKENS, "account", "full", "limit", 1);
        assertThat(texts(list, "id")).containsExactly(id);
        assertThat(texts(list, "revoked")).containsExactly("true");
        assertThat(list.toString()).doesNotContain(text);
    }
}
