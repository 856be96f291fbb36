package isthmus.server.resources;

import isthmus.server.permissions.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and sub-accounts: make, list, change, delete. Any thread but event loops: changes block. Each has its effect when
 * the method returns, for MQTT and RocketMQ alike, or throws a {@link ResourceProblem} and changes nothing.
 */
public final class Accounts {
    private static final int MOST_KEYS = 10;
    private static final Duration MOST_OVERLAP = Duration.ofDays(90);

    private final Ledger ledger;
    private final RandomKeys random;
    private final DeviceKeys deviceKeys;
    private final Tokens tokens;

    Accounts(Ledger ledger, RandomKeys random, DeviceKeys deviceKeys, Tokens tokens) {
        this.ledger = ledger;
        this.random = random;
        this.deviceKeys = deviceKeys;
        this.tokens = tokens;
    }

    /** All, in the order of their names. */
    public List<AccountView> list() {
        return ledger.now().accounts().values().stream().map(AccountView::of).toList();
    }

    public AccountView get(String name) {
        return AccountView.of(ResourceProblem.require(ledger.now().accounts(), "account", name));
    }

    /**
     * Makes an account with one key.
     *
     * @param main of which it is a sub-account, or null
     * @param grant what it may do beside its policies; of a main account mostly {@link Grant#all}, of a sub-account its groups
     */
    public NewKey create(String name, @Nullable String main, Grant grant, List<String> policies, String remark) {
        NameRules.requireAccount(name);
        NameRules.requireRemark(remark);
        NameRules.requireGrant(grant);
        return ledger.change(draft -> {
            if (draft.accounts().containsKey(name)) {
                throw ResourceProblem.exists("name", "account", name);
            }
            requireMain(draft, main);
            requirePolicies(draft, policies);
            NewKey key = newKey();
            draft.put(new Account(name, main, true, List.of(keyOf(key)), grant, distinct(policies), remark));
            return key;
        });
    }

    private static void requireMain(Draft draft, @Nullable String main) {
        if (main != null && !draft.accounts().containsKey(main)) {
            throw ResourceProblem.missing("main", "account", main);
        }
        if (main != null && draft.account(main).main() != null) {
            throw ResourceProblem.invalid("main", main + " is a sub-account itself (expected: a main account)");
        }
    }

    private static void requirePolicies(Draft draft, List<String> policies) {
        for (int i = 0; i < policies.size(); i++) {
            if (!draft.policies().containsKey(policies.get(i))) {
                throw ResourceProblem.missing("policies[" + i + "]", "policy", policies.get(i));
            }
        }
    }

    private static List<String> distinct(List<String> names) {
        return names.stream().distinct().toList();
    }

    /**
     * What of an account is to be different; null stays as it is.
     *
     * @param enabled a disabled account's keys are refused, its sub-accounts' too, and its connections are cut
     * @param policies all that are to be attached to it
     */
    public record Change(
            @Nullable Boolean enabled,
            @Nullable Collection<String> publish,
            @Nullable Collection<String> subscribe,
            @Nullable Collection<String> groups,
            @Nullable List<String> policies,
            @Nullable String remark) {
        private Account of(Account before) {
            Grant grant = before.grant();
            return new Account(
                    before.name(),
                    before.main(),
                    enabled == null ? before.enabled() : enabled,
                    before.keys(),
                    new Grant(
                            publish == null ? grant.publish() : new HashSet<>(publish),
                            subscribe == null ? grant.subscribe() : new HashSet<>(subscribe),
                            groups == null ? grant.groups() : new HashSet<>(groups)),
                    policies == null ? before.policies() : distinct(policies),
                    remark == null ? before.remark() : remark);
        }
    }

    /** Makes all these changes together. */
    public AccountView change(String name, Change change) {
        NameRules.requireRemark(change.remark == null ? "" : change.remark);
        return ledger.change(draft -> {
            Account before = draft.account(name);
            requirePolicies(draft, change.policies == null ? List.of() : change.policies);
            Account after = change.of(before);
            NameRules.requireGrant(after.grant());
            putIfDifferent(draft, before, after);
            return AccountView.of(after);
        });
    }

    /** A disabled account's keys are refused, its sub-accounts' too, and its connections are cut. */
    public void setEnabled(String name, boolean enabled) {
        change(name, account -> account.withEnabled(enabled));
    }

    /** Replaces the policies that are attached to it. */
    public void setPolicies(String name, List<String> policies) {
        changePolicies(name, before -> policies);
    }

    /** Does nothing when it is attached already. */
    public void attachPolicy(String name, String policy) {
        changePolicies(name, before -> {
            List<String> after = new ArrayList<>(before);
            after.add(policy);
            return after;
        });
    }

    /** Does nothing when it is not attached. */
    public void detachPolicy(String name, String policy) {
        changePolicies(
                name,
                before -> before.stream().filter(each -> !each.equals(policy)).toList());
    }

    private void changePolicies(String name, UnaryOperator<List<String>> change) {
        ledger.change(draft -> {
            Account before = draft.account(name);
            List<String> after = change.apply(before.policies());
            requirePolicies(draft, after);
            putIfDifferent(draft, before, before.withPolicies(distinct(after)));
            return name;
        });
    }

    /** Deletes it with its keys, tokens and device credentials. Its sub-accounts must have gone before. */
    public void delete(String name) {
        ledger.change(draft -> {
            draft.account(name);
            draft.accounts().values().stream()
                    .filter(each -> name.equals(each.main()))
                    .findFirst()
                    .ifPresent(sub -> {
                        throw ResourceProblem.inUse(
                                "account",
                                "account " + name + " has the sub-account " + sub.name() + "; delete it first");
                    });
            draft.removeAccount(name);
            draft.also(deviceKeys.removalsOf(name));
            draft.also(tokens.removalsOf(name));
            return name;
        });
        deviceKeys.forget(name);
        tokens.forget(name);
    }

    /** Makes one more key. */
    public NewKey addKey(String name) {
        return ledger.change(draft -> addKey(draft, draft.account(name)));
    }

    private NewKey addKey(Draft draft, Account account) {
        if (account.keys().size() >= MOST_KEYS) {
            throw ResourceProblem.invalid(
                    "keys", account.name() + " has " + MOST_KEYS + " keys, the most there may be; remove one first");
        }
        NewKey key = newKey();
        draft.put(account.withKey(keyOf(key)));
        return key;
    }

    public void setKeyEnabled(String name, String accessKey, boolean enabled) {
        change(name, account -> account.withKey(keyOf(account, accessKey).enabled(enabled)));
    }

    public void removeKey(String name, String accessKey) {
        change(name, account -> {
            AccountKey gone = keyOf(account, accessKey);
            return account.withKeys(
                    account.keys().stream().filter(key -> !key.equals(gone)).toList());
        });
    }

    /**
     * Makes a key in the place of another, which stays good for a while, so that everybody can change over.
     *
     * @param overlap for how long, 0 to 90 days
     */
    public NewKey rotateKey(String name, String accessKey, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(MOST_OVERLAP) > 0) {
            throw ResourceProblem.invalid(
                    "overlapSeconds", overlap.toSeconds() + " (expected: 0.." + MOST_OVERLAP.toSeconds() + ")");
        }
        return ledger.change(draft -> {
            Account account = draft.account(name);
            AccountKey old = keyOf(account, accessKey).endingAt(ledger.nowMillis() + overlap.toMillis());
            return addKey(draft, account.withKey(old));
        });
    }

    private static AccountKey keyOf(Account account, String accessKey) {
        return account.keys().stream()
                .filter(key -> key.accessKey().equals(accessKey))
                .findFirst()
                .orElseThrow(() -> ResourceProblem.missing("accessKey", "AccessKey", accessKey));
    }

    private NewKey newKey() {
        return new NewKey(random.accessKey(), random.secret());
    }

    private AccountKey keyOf(NewKey key) {
        return AccountKey.of(key.id(), key.secretKey(), ledger.nowMillis());
    }

    private void change(String name, UnaryOperator<Account> change) {
        ledger.change(draft -> {
            Account before = draft.account(name);
            putIfDifferent(draft, before, change.apply(before));
            return name;
        });
    }

    private static void putIfDifferent(Draft draft, Account before, Account after) {
        if (!after.equals(before)) {
            draft.put(after);
        }
    }
}
