package isthmus.server.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.SessionStore.RecordChange;
import isthmus.queue.api.QueueTopic;
import isthmus.server.permissions.Grant;
import isthmus.server.permissions.Policy;
import isthmus.server.permissions.PolicyReader;
import isthmus.server.permissions.SystemPolicies;
import isthmus.server.permissions.TokenScope;
import isthmus.server.permissions.TopicPattern;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How resources stand in the store: records of a few kinds, their values in JSON. Reads what earlier versions wrote: an
 * account was one key, and topics and groups were names.
 */
final class ResourceRecords {
    static final String ACCOUNT = "account";
    static final String POLICY = "policy";
    static final String TOPIC = "topic";
    static final String GROUP = "group";
    private static final String DEVICE_KEY = "device credential";
    private static final String TOKEN = "token";
    private static final String REMOVAL = "removal";

    private final SessionStore store;
    private final ObjectMapper json = new ObjectMapper();

    ResourceRecords(SessionStore store) {
        this.store = store;
    }

    Draft read() {
        Map<String, Policy> policies = new TreeMap<>();
        SystemPolicies.all().forEach(policy -> policies.put(policy.name(), policy));
        PolicyReader reader = new PolicyReader();
        policies.putAll(all(POLICY, StoredPolicy.class, (name, stored) -> reader.read(name, stored.document)));
        return new Draft(
                this,
                all(ACCOUNT, StoredAccount.class, ResourceRecords::account),
                policies,
                all(TOPIC, StoredTopic.class, ResourceRecords::topic),
                all(GROUP, StoredGroup.class, ResourceRecords::group));
    }

    Map<String, DeviceKey> deviceKeys() {
        return all(
                DEVICE_KEY,
                StoredDeviceKey.class,
                (id, stored) -> new DeviceKey(
                        id,
                        stored.account,
                        stored.clientId,
                        Payload.wrap(HexFormat.of().parseHex(stored.passwordHash)),
                        stored.enabled,
                        stored.createdMillis));
    }

    Map<String, IssuedToken> tokens() {
        return all(
                TOKEN,
                StoredToken.class,
                (id, stored) -> new IssuedToken(
                        id,
                        stored.account,
                        stored.topics,
                        new TokenScope(
                                stored.topics.stream().map(TopicPattern::parse).toList()),
                        stored.reads,
                        stored.writes,
                        stored.createdMillis,
                        stored.expiresMillis,
                        stored.revoked));
    }

    /** What is gone, and may still be in RocketMQ: {@code kind name}. */
    Set<String> removals() {
        return store.records(REMOVAL).keySet();
    }

    void write(List<RecordChange> changes) {
        store.changeRecords(changes);
    }

    RecordChange account(Account account) {
        Grant grant = account.grant();
        return change(
                ACCOUNT,
                account.name(),
                new StoredAccount(
                        null,
                        account.main(),
                        account.enabled(),
                        account.keys(),
                        grant.publish(),
                        grant.subscribe(),
                        grant.groups(),
                        account.policies(),
                        account.remark()));
    }

    RecordChange policy(Policy policy) {
        return change(POLICY, policy.name(), new StoredPolicy(policy.document()));
    }

    RecordChange topic(Topic topic) {
        return change(TOPIC, topic.name(), new StoredTopic(topic.type(), topic.permission(), topic.remark()));
    }

    RecordChange group(Group group) {
        return change(GROUP, group.name(), new StoredGroup(group.kind(), group.remark()));
    }

    RecordChange deviceKey(DeviceKey key) {
        return change(
                DEVICE_KEY,
                key.id(),
                new StoredDeviceKey(
                        key.account(),
                        key.clientId(),
                        HexFormat.of().formatHex(key.passwordHash().array()),
                        key.enabled(),
                        key.createdMillis()));
    }

    RecordChange noDeviceKey(String id) {
        return new RecordChange(DEVICE_KEY, id, null);
    }

    RecordChange token(IssuedToken token) {
        return change(
                TOKEN,
                token.id(),
                new StoredToken(
                        token.account(),
                        token.topics(),
                        token.reads(),
                        token.writes(),
                        token.createdMillis(),
                        token.expiresMillis(),
                        token.isRevoked()));
    }

    RecordChange noToken(String id) {
        return new RecordChange(TOKEN, id, null);
    }

    static RecordChange removal(String kind, String name) {
        return new RecordChange(REMOVAL, kind + " " + name, Payload.wrap(new byte[0]));
    }

    static RecordChange removed(String removal) {
        return new RecordChange(REMOVAL, removal, null);
    }

    private static Account account(String name, StoredAccount stored) {
        List<AccountKey> keys = stored.keys != null
                ? stored.keys
                : stored.secretKey == null ? List.of() : List.of(AccountKey.of(name, stored.secretKey, 0));
        return new Account(
                name,
                stored.main,
                stored.enabled == null || stored.enabled,
                keys,
                new Grant(stored.publish, stored.subscribe, stored.groups),
                stored.policies == null ? List.of() : stored.policies,
                stored.remark == null ? "" : stored.remark);
    }

    private static Topic topic(String name, StoredTopic stored) {
        return stored.type == null || stored.permission == null
                ? Topic.plain(name)
                : new Topic(name, stored.type, stored.permission, stored.remark == null ? "" : stored.remark);
    }

    private static Group group(String name, StoredGroup stored) {
        return new Group(
                name, stored.kind == null ? GroupKind.MQTT : stored.kind, stored.remark == null ? "" : stored.remark);
    }

    private interface Reading<S, T> {
        T read(String name, S stored);
    }

    private <S, T> Map<String, T> all(String kind, Class<S> type, Reading<S, T> reading) {
        Map<String, T> all = new TreeMap<>();
        store.records(kind).forEach((name, value) -> {
            try {
                all.put(name, reading.read(name, json.readValue(value.array(), type)));
            } catch (IOException | RuntimeException e) {
                // Without the cause: a parser's message quotes the record, which may hold a secret key.
                throw new IllegalStateException("the stored " + kind + " " + name + " is unreadable ("
                        + e.getClass().getSimpleName() + "); restore the data directory from a backup");
            }
        });
        return all;
    }

    private RecordChange change(String kind, String name, Object value) {
        try {
            return new RecordChange(kind, name, Payload.wrap(json.writeValueAsBytes(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " is not JSON", e);
        }
    }

    /** {@code secretKey} is what earlier versions wrote instead of keys. */
    private record StoredAccount(
            @Nullable String secretKey,
            @Nullable String main,
            @Nullable Boolean enabled,
            @Nullable List<AccountKey> keys,
            Set<String> publish,
            Set<String> subscribe,
            Set<String> groups,
            @Nullable List<String> policies,
            @Nullable String remark) {}

    private record StoredPolicy(String document) {}

    private record StoredTopic(
            QueueTopic.@Nullable Kind type, @Nullable TopicPermission permission, @Nullable String remark) {}

    private record StoredGroup(@Nullable GroupKind kind, @Nullable String remark) {}

    private record StoredDeviceKey(
            String account, String clientId, String passwordHash, boolean enabled, long createdMillis) {}

    private record StoredToken(
            String account,
            List<String> topics,
            boolean reads,
            boolean writes,
            long createdMillis,
            long expiresMillis,
            boolean revoked) {}
}
