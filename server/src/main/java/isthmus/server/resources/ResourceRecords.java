package isthmus.server.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How resources stand in the store: records of the kinds account, topic and group, their values in JSON. */
final class ResourceRecords {
    private static final String ACCOUNT = "account";
    private static final String TOPIC = "topic";
    private static final String GROUP = "group";

    private final SessionStore store;
    private final ObjectMapper json = new ObjectMapper();

    ResourceRecords(SessionStore store) {
        this.store = store;
    }

    Snapshot read() {
        Map<String, Account> accounts = new TreeMap<>();
        store.records(ACCOUNT).forEach((accessKey, value) -> accounts.put(accessKey, account(accessKey, value)));
        return new Snapshot(
                accounts, store.records(TOPIC).keySet(), store.records(GROUP).keySet());
    }

    void putAccount(Account account) {
        StoredAccount stored =
                new StoredAccount(account.secretKey(), account.publish(), account.subscribe(), account.groups());
        store.putRecord(ACCOUNT, account.accessKey(), payload(stored));
    }

    void putTopic(String topic) {
        store.putRecord(TOPIC, topic, payload(Map.of()));
    }

    void putGroup(String group) {
        store.putRecord(GROUP, group, payload(Map.of()));
    }

    private Account account(String accessKey, Payload value) {
        try {
            StoredAccount stored = json.readValue(value.array(), StoredAccount.class);
            return new Account(accessKey, stored.secretKey, stored.publish, stored.subscribe, stored.groups);
        } catch (IOException | NullPointerException e) {
            // Without the cause: a parser's message quotes the record, which holds the secret key.
            throw new IllegalStateException("the stored account " + accessKey + " is unreadable ("
                    + e.getClass().getSimpleName() + "); restore the data directory from a backup");
        }
    }

    private Payload payload(Object value) {
        try {
            return Payload.wrap(json.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " is not JSON", e);
        }
    }

    private record StoredAccount(String secretKey, Set<String> publish, Set<String> subscribe, Set<String> groups) {}
}
