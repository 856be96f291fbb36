package isthmus.server.resources;

import isthmus.server.config.InitialResources;
import isthmus.server.permissions.Grant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start makes: what is configured and missing; and without any configuration what is needed to use the server at
 * once, an account with random keys, a topic and a group. In the thread that starts the server.
 */
final class FirstResources {
    private static final Logger LOG = LoggerFactory.getLogger(FirstResources.class);

    private final Ledger ledger;
    private final RandomKeys random;
    private final SecretFiles secretFiles;

    FirstResources(Ledger ledger, RandomKeys random, SecretFiles secretFiles) {
        this.ledger = ledger;
        this.random = random;
        this.secretFiles = secretFiles;
    }

    void make(InitialResources configured) {
        Snapshot before = ledger.now();
        boolean first = before.accounts().isEmpty()
                && before.topics().isEmpty()
                && before.groups().isEmpty();
        ledger.change(draft -> {
            addMissing(draft, configured);
            if (first && draft.topics().isEmpty() && draft.groups().isEmpty()) {
                draft.put(Topic.plain("Telemetry"));
                draft.put(new Group("GID_Sensors", GroupKind.MQTT, ""));
            }
            if (draft.accounts().isEmpty()) {
                addRandomAccount(draft);
            }
            return draft;
        });
    }

    private void addMissing(Draft draft, InitialResources configured) {
        configured.topics().stream()
                .filter(topic -> !draft.topics().containsKey(topic))
                .forEach(topic -> draft.put(Topic.plain(topic)));
        configured.groups().stream()
                .filter(group -> !draft.groups().containsKey(group))
                .forEach(group -> draft.put(new Group(group, GroupKind.MQTT, "")));
        for (InitialResources.Account wanted : configured.accounts()) {
            Account existing = draft.accounts().get(wanted.accessKey());
            Grant grant = new Grant(wanted.publish(), wanted.subscribe(), wanted.groups());
            if (existing == null) {
                draft.put(account(wanted.accessKey(), wanted.secretKey(), grant));
            } else if (!isAsConfigured(existing, wanted, grant)) {
                LOG.warn(
                        "resources.accounts: {} exists with another secret key or other permissions; it is kept as it is",
                        wanted.accessKey());
            }
        }
    }

    private static boolean isAsConfigured(Account existing, InitialResources.Account wanted, Grant grant) {
        return existing.grant().equals(grant)
                && existing.keys().stream()
                        .anyMatch(key -> key.accessKey().equals(wanted.accessKey())
                                && key.secretKey().equals(wanted.secretKey()));
    }

    /** An account's first key is named as the account. */
    private Account account(String accessKey, String secretKey, Grant grant) {
        AccountKey key = AccountKey.of(accessKey, secretKey, ledger.nowMillis());
        return new Account(accessKey, null, true, List.of(key), grant, List.of(), "");
    }

    /** The file comes first: an account whose secret nobody can read must not exist. */
    private void addRandomAccount(Draft draft) {
        Account account = account(random.accessKey(), random.secret(), Grant.all());
        AccountKey key = account.keys().get(0);
        secretFiles.write(key.accessKey(), key.secretKey());
        draft.put(account);
    }
}
