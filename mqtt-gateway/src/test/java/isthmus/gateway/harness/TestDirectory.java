package isthmus.gateway.harness;

import isthmus.gateway.auth.Sha256;
import isthmus.gateway.spi.AccountKey;
import isthmus.gateway.spi.DeviceCredential;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import isthmus.gateway.spi.Token;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Resources that a test changes as it likes: keys with the secret SK, named as their accounts; rights by parent topic. To
 * begin with, AK may do everything and READER may read T; topics T and U; group GID_Test.
 */
public final class TestDirectory implements Directory {
    private static final Set<String> ALL = Set.of("*");

    public final Set<String> topics = ConcurrentHashMap.newKeySet();
    public final Set<String> groups = ConcurrentHashMap.newKeySet();
    public final Map<String, DeviceCredential> devices = new ConcurrentHashMap<>();
    private final Map<String, TestRights> accounts = new ConcurrentHashMap<>();
    private final Set<String> withdrawnKeys = ConcurrentHashMap.newKeySet();
    private final Map<String, TestToken> tokens = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private volatile int room = -1;

    public TestDirectory() {
        topics.addAll(Set.of("T", "U"));
        groups.add("GID_Test");
        account("AK", ALL, ALL, ALL);
        account("READER", Set.of(), Set.of("T"), ALL);
    }

    /** Makes an account, or replaces its rights. */
    public void account(String name, Set<String> publish, Set<String> subscribe, Set<String> usable) {
        accounts.put(name, new TestRights(publish, subscribe, usable));
        version.incrementAndGet();
    }

    public void removeAccount(String name) {
        accounts.remove(name);
        version.incrementAndGet();
    }

    /** From now on parent topics are made, so many at most. */
    public void makeParentTopics(int atMost) {
        room = atMost;
    }

    @Override
    public boolean makesParentTopics() {
        return room >= 0;
    }

    @Override
    public CompletionStage<Made> makeParentTopic(String account, String topic) {
        if (room == 0) {
            return CompletableFuture.completedStage(Made.TOO_MANY);
        }
        room--;
        topics.add(topic);
        return CompletableFuture.completedStage(Made.DONE);
    }

    public void removeTopic(String topic) {
        topics.remove(topic);
        version.incrementAndGet();
    }

    public void withdrawKey(String accessKey) {
        withdrawnKeys.add(accessKey);
    }

    /** Makes a token with the text for topics, or replaces it. */
    public void token(String text, String account, String actions, Set<String> scope, long expires, boolean revoked) {
        String id = HexFormat.of().formatHex(Sha256.of(text));
        tokens.put(id, new TestToken(id, account, actions, new TestRights(scope, scope, ALL), expires, revoked));
    }

    @Override
    public AccountKey accountKey(String accessKey) {
        return accounts.containsKey(accessKey) && !withdrawnKeys.contains(accessKey)
                ? new AccountKey(accessKey, accessKey, "SK")
                : null;
    }

    @Override
    public DeviceCredential deviceCredential(String id) {
        return devices.get(id);
    }

    @Override
    public Token token(String id) {
        return tokens.get(id);
    }

    @Override
    public Rights rights(String account, String clientId) {
        return accounts.get(account);
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public boolean hasGroup(String groupId) {
        return groups.contains(groupId);
    }

    @Override
    public boolean hasParentTopic(String topic) {
        return topics.contains(topic);
    }

    private record TestToken(
            String id, String account, String actions, Rights scope, long expiresMillis, boolean isRevoked)
            implements Token {
        @Override
        public boolean reads() {
            return actions.contains("R");
        }

        @Override
        public boolean writes() {
            return actions.contains("W");
        }

        @Override
        public Rights scope(String clientId) {
            return scope;
        }
    }

    private final class TestRights implements Rights {
        private final Set<String> publish;
        private final Set<String> subscribe;
        private final Set<String> usable;

        TestRights(Set<String> publish, Set<String> subscribe, Set<String> usable) {
            this.publish = publish;
            this.subscribe = subscribe;
            this.usable = usable;
        }

        @Override
        public boolean mayPublish(String topic) {
            return isIn(publish, topic);
        }

        @Override
        public boolean maySubscribe(String filter) {
            return isIn(subscribe, filter);
        }

        @Override
        public boolean mayReceive(String topic) {
            return isIn(subscribe, topic);
        }

        private boolean isIn(Set<String> named, String topic) {
            String parent = topic.split("/", 2)[0];
            return topics.contains(parent) && (named.contains("*") || named.contains(parent));
        }

        @Override
        public boolean mayUse(String groupId) {
            return usable.contains("*") || usable.contains(groupId);
        }

        @Override
        public boolean mayUseAllGroups() {
            return usable.contains("*");
        }
    }
}
