package isthmus.server.management;

import static isthmus.server.management.ResourceAnswers.asking;

import isthmus.gateway.auth.ClientIds;
import isthmus.gateway.spi.Directory;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.operations.AccountOperations.CreatedKey;
import isthmus.server.operations.CredentialOperations;
import isthmus.server.operations.CredentialOperations.CreatedMqttToken;
import isthmus.server.operations.CredentialOperations.CredentialId;
import isthmus.server.operations.CredentialOperations.DeviceChange;
import isthmus.server.operations.CredentialOperations.DeviceItem;
import isthmus.server.operations.CredentialOperations.MqttTokenItem;
import isthmus.server.operations.CredentialOperations.MqttTokenText;
import isthmus.server.operations.CredentialOperations.NewDevice;
import isthmus.server.operations.CredentialOperations.NewMqttToken;
import isthmus.server.operations.CredentialOperations.OfAccount;
import isthmus.server.operations.CredentialOperations.TokenAction;
import isthmus.server.resources.DeviceKey;
import isthmus.server.resources.DeviceKeys;
import isthmus.server.resources.IssuedToken;
import isthmus.server.resources.NewKey;
import isthmus.server.resources.NewToken;
import isthmus.server.resources.Tokens;
import java.time.Instant;
import java.util.List;

/** Device credentials and temporary tokens. */
public final class CredentialRoutes {
    private final DeviceKeys deviceKeys;
    private final Tokens tokens;
    private final Directory directory;
    private final boolean free;

    /** @param free whether Client Identifiers without a group are accepted */
    public CredentialRoutes(DeviceKeys deviceKeys, Tokens tokens, Directory directory, boolean free) {
        this.deviceKeys = deviceKeys;
        this.tokens = tokens;
        this.directory = directory;
        this.free = free;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(CredentialOperations.DEVICES, this::devices),
                Route.of(CredentialOperations.DEVICE, asking(this::device)),
                Route.of(CredentialOperations.REGISTER, asking(this::register)),
                Route.of(CredentialOperations.CHANGE_DEVICE, asking(this::changeDevice)),
                Route.of(CredentialOperations.RENEW_DEVICE, asking(this::renewDevice)),
                Route.of(CredentialOperations.UNREGISTER, asking(this::unregister)),
                Route.of(CredentialOperations.TOKENS, this::tokens),
                Route.of(CredentialOperations.ISSUE, asking(this::issue)),
                Route.of(CredentialOperations.QUERY, asking(this::query)),
                Route.of(CredentialOperations.REVOKE, asking(this::revoke)));
    }

    private Page<DeviceItem> devices(Call<OfAccount, None> call) {
        OfAccount search = call.parameters();
        return ResourceAnswers.page(
                deviceKeys.list(search.account()),
                key -> key.clientId() + " " + key.id(),
                search.cursor(),
                search.limit(),
                CredentialRoutes::item);
    }

    private DeviceItem device(Call<CredentialId, None> call) {
        return item(deviceKeys.get(call.parameters().id()));
    }

    private CreatedKey register(Call<None, NewDevice> call) {
        requireUsable(call.body().clientId());
        return created(deviceKeys.register(call.body().account(), call.body().clientId()));
    }

    /** With a credential for another one nobody could ever sign on. */
    private void requireUsable(String clientId) {
        String group = ClientIds.groupOf(clientId);
        if (group == null && !(free && ClientIds.isFree(clientId))) {
            throw Problem.invalid("clientId", clientId + " (expected: GroupID@@@DeviceID)");
        }
        if (group != null && !directory.hasGroup(group)) {
            throw Problem.about(404, "clientId", "group " + group + " does not exist");
        }
    }

    private DeviceItem changeDevice(Call<CredentialId, DeviceChange> call) {
        deviceKeys.setEnabled(call.parameters().id(), call.body().enabled());
        return item(deviceKeys.get(call.parameters().id()));
    }

    private CreatedKey renewDevice(Call<CredentialId, None> call) {
        return created(deviceKeys.renew(call.parameters().id()));
    }

    private None unregister(Call<CredentialId, None> call) {
        deviceKeys.unregister(call.parameters().id());
        return None.NONE;
    }

    private Page<MqttTokenItem> tokens(Call<OfAccount, None> call) {
        OfAccount search = call.parameters();
        return ResourceAnswers.page(
                tokens.list(search.account()),
                CredentialRoutes::newestFirst,
                search.cursor(),
                search.limit(),
                CredentialRoutes::item);
    }

    /** A text that grows as tokens get older. */
    private static String newestFirst(IssuedToken token) {
        return String.format("%019d %s", Long.MAX_VALUE - token.createdMillis(), token.id());
    }

    private CreatedMqttToken issue(Call<None, NewMqttToken> call) {
        NewMqttToken wanted = call.body();
        NewToken made = tokens.issue(
                wanted.account(),
                wanted.resources(),
                wanted.actions().contains(TokenAction.R),
                wanted.actions().contains(TokenAction.W),
                wanted.expires());
        return new CreatedMqttToken(
                made.token().id(),
                made.text(),
                Instant.ofEpochMilli(made.token().expiresMillis()));
    }

    private MqttTokenItem query(Call<None, MqttTokenText> call) {
        return item(tokens.query(call.body().text()));
    }

    private None revoke(Call<CredentialId, None> call) {
        tokens.revoke(call.parameters().id());
        return None.NONE;
    }

    private static CreatedKey created(NewKey key) {
        return new CreatedKey(key.id(), key.secretKey());
    }

    private static DeviceItem item(DeviceKey key) {
        return new DeviceItem(
                key.id(), key.account(), key.clientId(), key.enabled(), Instant.ofEpochMilli(key.createdMillis()));
    }

    private static MqttTokenItem item(IssuedToken token) {
        return new MqttTokenItem(
                token.id(),
                token.account(),
                token.topics(),
                token.reads(),
                token.writes(),
                Instant.ofEpochMilli(token.createdMillis()),
                Instant.ofEpochMilli(token.expiresMillis()),
                token.isRevoked());
    }
}
