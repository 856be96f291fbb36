package isthmus.server.resources;

import isthmus.gateway.auth.PasswordSignature;
import isthmus.gateway.auth.Sha256;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore.RecordChange;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of single devices. There may be as many as devices, which is why they are in a concurrent map and not in the
 * snapshot: each stands for itself. Reading takes no lock; changes block and come one after the other.
 */
public final class DeviceKeys {
    private static final int MOST_CLIENT_ID = 256;

    private final Ledger ledger;
    private final RandomKeys random;
    private final Map<String, DeviceKey> keys;

    DeviceKeys(Ledger ledger, RandomKeys random) {
        this.ledger = ledger;
        this.random = random;
        this.keys = new ConcurrentHashMap<>(ledger.records().deviceKeys());
    }

    /** Any thread. */
    @Nullable
    DeviceKey find(String id) {
        return keys.get(id);
    }

    /** Those of an account, in the order of their client ids. */
    public List<DeviceKey> list(String account) {
        return keys.values().stream()
                .filter(key -> key.account().equals(account))
                .sorted(Comparator.comparing(DeviceKey::clientId).thenComparing(DeviceKey::id))
                .toList();
    }

    public DeviceKey get(String id) {
        DeviceKey key = keys.get(id);
        if (key == null) {
            throw ResourceProblem.missing("deviceCredential", "device credential", id);
        }
        return key;
    }

    /**
     * Makes a credential.
     *
     * @param account with whose rights the device signs on
     * @param clientId the only one it is good for
     */
    public NewKey register(String account, String clientId) {
        if (clientId.isEmpty() || clientId.length() > MOST_CLIENT_ID) {
            throw ResourceProblem.invalid(
                    "clientId", "has " + clientId.length() + " characters (expected: 1.." + MOST_CLIENT_ID + ")");
        }
        synchronized (ledger) {
            if (!ledger.now().accounts().containsKey(account)) {
                throw ResourceProblem.missing("account", "account", account);
            }
            NewKey made = new NewKey(random.deviceKey(), random.secret());
            put(new DeviceKey(
                    made.id(), account, clientId, hash(clientId, made.secretKey()), true, ledger.nowMillis()));
            return made;
        }
    }

    /** Makes another secret key; with the old one nobody signs on any more, and who has is disconnected. */
    public NewKey renew(String id) {
        NewKey made = new NewKey(id, random.secret());
        change(id, key -> key.withPasswordHash(hash(key.clientId(), made.secretKey())));
        return made;
    }

    public void setEnabled(String id, boolean enabled) {
        change(id, key -> key.withEnabled(enabled));
    }

    public void unregister(String id) {
        synchronized (ledger) {
            get(id);
            ledger.records().write(List.of(ledger.records().noDeviceKey(id)));
            keys.remove(id);
            recheck(id);
        }
    }

    private void change(String id, UnaryOperator<DeviceKey> change) {
        synchronized (ledger) {
            DeviceKey before = get(id);
            DeviceKey after = change.apply(before);
            if (!after.equals(before)) {
                put(after);
                recheck(id);
            }
        }
    }

    private void put(DeviceKey key) {
        ledger.records().write(List.of(ledger.records().deviceKey(key)));
        keys.put(key.id(), key);
    }

    private void recheck(String id) {
        Surroundings surroundings = ledger.surroundings();
        if (surroundings != null) {
            surroundings.recheck(identity -> identity.usesDevice(id));
        }
    }

    /** What has to be removed with an account. */
    List<RecordChange> removalsOf(String account) {
        return list(account).stream()
                .map(key -> ledger.records().noDeviceKey(key.id()))
                .toList();
    }

    /** The account is gone. */
    void forget(String account) {
        keys.values().removeIf(key -> key.account().equals(account));
    }

    /** The password is the same at each sign-on, because the client id is. */
    private static Payload hash(String clientId, String secretKey) {
        return Payload.wrap(Sha256.of(PasswordSignature.of(clientId, secretKey)));
    }
}
