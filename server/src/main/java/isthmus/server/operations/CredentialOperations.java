package isthmus.server.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import isthmus.server.operations.AccountOperations.CreatedKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What devices sign on with instead of an account's key: credentials of their own, and temporary tokens. */
public final class CredentialOperations {
    private static final String DEVICE_PATH = "/device-credentials/{id}";

    private CredentialOperations() {}

    public static final Operation<OfAccount, None, Page<DeviceItem>> DEVICES = Operation.get(
                    "/device-credentials", "device-credentials list", "Lists the device credentials of an account.")
            .parameters(OfAccount.class)
            .answersPageOf(DeviceItem.class);

    public static final Operation<CredentialId, None, DeviceItem> DEVICE = Operation.get(
                    DEVICE_PATH, "device-credentials show", "Shows a device credential.")
            .parameters(CredentialId.class)
            .answers(DeviceItem.class);

    public static final Operation<None, NewDevice, CreatedKey> REGISTER = Operation.post(
                    "/device-credentials",
                    "device-credentials register",
                    "Makes a credential for one client id. Its secret is shown this once, and not kept.")
            .role(Role.ADMIN)
            .body(NewDevice.class)
            .answers(CreatedKey.class);

    public static final Operation<CredentialId, DeviceChange, DeviceItem> CHANGE_DEVICE = Operation.put(
                    DEVICE_PATH,
                    "device-credentials change",
                    "Enables a credential, or disables it and cuts its device off.")
            .role(Role.ADMIN)
            .parameters(CredentialId.class)
            .body(DeviceChange.class)
            .answers(DeviceItem.class);

    public static final Operation<CredentialId, None, CreatedKey> RENEW_DEVICE = Operation.post(
                    DEVICE_PATH + "/renewal",
                    "device-credentials renew",
                    "Makes another secret in the place of the old one, and cuts the device off that uses that.")
            .role(Role.ADMIN)
            .parameters(CredentialId.class)
            .answers(CreatedKey.class);

    public static final Operation<CredentialId, None, None> UNREGISTER = Operation.delete(
                    DEVICE_PATH, "device-credentials unregister", "Removes a credential, and cuts its device off.")
            .role(Role.ADMIN)
            .parameters(CredentialId.class)
            .answersNothing();

    public static final Operation<OfAccount, None, Page<MqttTokenItem>> TOKENS = Operation.get(
                    "/mqtt-tokens", "mqtt-tokens list", "Lists the temporary tokens of an account, the newest first.")
            .parameters(OfAccount.class)
            .answersPageOf(MqttTokenItem.class);

    public static final Operation<None, NewMqttToken, CreatedMqttToken> ISSUE = Operation.post(
                    "/mqtt-tokens", "mqtt-tokens issue", "Makes a temporary token. It is shown this once.")
            .role(Role.ADMIN)
            .body(NewMqttToken.class)
            .answers(CreatedMqttToken.class);

    public static final Operation<None, MqttTokenText, MqttTokenItem> QUERY = Operation.post(
                    "/mqtt-tokens/query", "mqtt-tokens query", "Finds a temporary token by its text.")
            .body(MqttTokenText.class)
            .answers(MqttTokenItem.class);

    public static final Operation<CredentialId, None, None> REVOKE = Operation.delete(
                    "/mqtt-tokens/{id}",
                    "mqtt-tokens revoke",
                    "Takes a temporary token back, and cuts its devices off.")
            .role(Role.ADMIN)
            .parameters(CredentialId.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(
                DEVICES, DEVICE, REGISTER, CHANGE_DEVICE, RENEW_DEVICE, UNREGISTER, TOKENS, ISSUE, QUERY, REVOKE);
    }

    public record OfAccount(
            @Field("The name of the account.") String account,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record CredentialId(@Field("Its id.") String id) {}

    public record DeviceItem(
            @Field("Its id, the DeviceAccessKeyId.") String id,
            @Field("The account with whose rights the device signs on.") String account,
            @Field("The only client id it is good for.") String clientId,
            @Field("Whether it may be used.") boolean enabled,
            @Field("When it was made.") Instant created) {}

    public record NewDevice(
            @Field("The account with whose rights the device signs on.") String account,
            @Field(value = "The only client id it is good for.", min = 1, max = 256) String clientId) {}

    public record DeviceChange(@Field("Whether it may be used.") boolean enabled) {}

    /** What a token is for. */
    public enum TokenAction {
        @JsonProperty("R")
        R,
        @JsonProperty("W")
        W
    }

    public record MqttTokenItem(
            @Field("Its id: the SHA-256 of its text.") String id,
            @Field("The account with whose rights it lets in.") String account,
            @Field("The topics it is for.") List<String> resources,
            @Field("Whether it is for subscribing.") boolean reads,
            @Field("Whether it is for publishing.") boolean writes,
            @Field("When it was made.") Instant created,
            @Field("When it ends.") Instant expires,
            @Field("Whether it was taken back.") boolean revoked) {}

    public record NewMqttToken(
            @Field("The account with whose rights it lets in.") String account,
            @Field(value = "The topics it is for: Orders, or Telemetry/${deviceId}/#.", min = 1, max = 100)
                    List<String> resources,
            @Field(value = "R to subscribe, W to publish.", min = 1) Set<TokenAction> actions,
            @Field("When it ends, within 30 days.") Instant expires) {}

    public record CreatedMqttToken(
            @Field("Its id, to take it back with.") String id,
            @Field("The token. It cannot be shown again.") String token,
            @Field("When it ends.") Instant expires) {
        @Override
        public String toString() {
            return "CreatedMqttToken[" + id + "]";
        }
    }

    public record MqttTokenText(@Field(value = "The token.", secret = true, max = 2048) String text) {
        @Override
        public String toString() {
            return "MqttTokenText[]";
        }
    }
}
