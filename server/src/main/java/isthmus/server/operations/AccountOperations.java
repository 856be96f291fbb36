package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accounts, sub-accounts and their keys. */
public final class AccountOperations {
    private static final String ACCOUNT_PATH = "/accounts/{account}";
    private static final String KEY_PATH = ACCOUNT_PATH + "/keys/{accessKey}";

    private AccountOperations() {}

    public static final Operation<AccountSearch, None, Page<AccountItem>> ACCOUNTS = Operation.get(
                    "/accounts", "accounts list", "Lists accounts and sub-accounts, without secret keys.")
            .parameters(AccountSearch.class)
            .answersPageOf(AccountItem.class);

    public static final Operation<AccountName, None, AccountItem> ACCOUNT = Operation.get(
                    ACCOUNT_PATH, "accounts show", "Shows one account, without secret keys.")
            .parameters(AccountName.class)
            .answers(AccountItem.class);

    public static final Operation<None, NewAccount, CreatedKey> CREATE = Operation.post(
                    "/accounts", "accounts create", "Makes an account with one key, whose secret is shown this once.")
            .role(Role.ADMIN)
            .body(NewAccount.class)
            .answers(CreatedKey.class);

    public static final Operation<AccountName, AccountChange, AccountItem> CHANGE = Operation.put(
                    ACCOUNT_PATH, "accounts change", "Changes what is given; the rest stays as it is.")
            .role(Role.ADMIN)
            .parameters(AccountName.class)
            .body(AccountChange.class)
            .answers(AccountItem.class);

    public static final Operation<AccountName, None, None> DELETE = Operation.delete(
                    ACCOUNT_PATH,
                    "accounts delete",
                    "Deletes an account with its keys, tokens and device credentials; its connections are cut.")
            .role(Role.ADMIN)
            .parameters(AccountName.class)
            .answersNothing();

    public static final Operation<AccountPolicy, None, AccountItem> ATTACH = Operation.put(
                    ACCOUNT_PATH + "/policies/{policy}", "accounts policies attach", "Attaches a policy to an account.")
            .role(Role.ADMIN)
            .parameters(AccountPolicy.class)
            .answers(AccountItem.class);

    public static final Operation<AccountPolicy, None, AccountItem> DETACH = Operation.delete(
                    ACCOUNT_PATH + "/policies/{policy}",
                    "accounts policies detach",
                    "Detaches a policy from an account; connections that depend on it are cut.")
            .role(Role.ADMIN)
            .parameters(AccountPolicy.class)
            .answers(AccountItem.class);

    public static final Operation<AccountName, None, CreatedKey> ADD_KEY = Operation.post(
                    ACCOUNT_PATH + "/keys", "accounts keys add", "Makes one more key. Its secret is shown this once.")
            .role(Role.ADMIN)
            .parameters(AccountName.class)
            .answers(CreatedKey.class);

    public static final Operation<AccountKeyName, KeyChange, AccountItem> CHANGE_KEY = Operation.put(
                    KEY_PATH, "accounts keys change", "Enables a key, or disables it; its connections are cut.")
            .role(Role.ADMIN)
            .parameters(AccountKeyName.class)
            .body(KeyChange.class)
            .answers(AccountItem.class);

    public static final Operation<AccountKeyName, None, None> REMOVE_KEY = Operation.delete(
                    KEY_PATH, "accounts keys remove", "Removes a key; its connections are cut.")
            .role(Role.ADMIN)
            .parameters(AccountKeyName.class)
            .answersNothing();

    public static final Operation<AccountKeyName, Rotation, CreatedKey> ROTATE_KEY = Operation.post(
                    KEY_PATH + "/rotation",
                    "accounts keys rotate",
                    "Makes a key in the place of another, which stays good for a while. The secret is shown this once.")
            .role(Role.ADMIN)
            .parameters(AccountKeyName.class)
            .body(Rotation.class)
            .answers(CreatedKey.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(
                ACCOUNTS, ACCOUNT, CREATE, CHANGE, DELETE, ATTACH, DETACH, ADD_KEY, CHANGE_KEY, REMOVE_KEY, ROTATE_KEY);
    }

    public record AccountSearch(
            @Field("Only the sub-accounts of this account.") @Nullable String main,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record AccountName(@Field("The name of the account.") String account) {}

    public record AccountPolicy(
            @Field("The name of the account.") String account, @Field("The name of the policy.") String policy) {}

    public record AccountKeyName(
            @Field("The name of the account.") String account, @Field("The AccessKey.") String accessKey) {}

    public record AccountItem(
            @Field("Its name.") String name,
            @Field("The account it is a sub-account of; left out when it is none.") @Nullable String main,
            @Field("Whether it may be used.") boolean enabled,
            @Field("Its keys, without their secrets.") List<KeyItem> keys,
            @Field("Parent topics it may publish to beside what its policies say; * is all.") List<String> publish,
            @Field("Parent topics it may subscribe to beside what its policies say; * is all.") List<String> subscribe,
            @Field("Groups it may be used with; * is all.") List<String> groups,
            @Field("Policies attached to it.") List<String> policies,
            @Field("What somebody noted.") String remark) {}

    public record KeyItem(
            @Field("The AccessKey.") String accessKey,
            @Field("Whether it may be used.") boolean enabled,
            @Field("When it was made.") Instant created,
            @Field("When it ends; left out when it does not.") @Nullable Instant ends) {}

    public record NewAccount(
            @Field("Its name: 1 to 128 characters out of A-Z a-z 0-9 . _ @ -.") String name,
            @Field("The account it is to be a sub-account of; none without.") @Nullable String main,
            @Field(value = "Parent topics it may publish to beside what its policies say; * is all.", max = 1000)
                    List<String> publish,
            @Field(value = "Parent topics it may subscribe to beside what its policies say; * is all.", max = 1000)
                    List<String> subscribe,
            @Field(value = "Groups it may be used with; * is all.", max = 1000) List<String> groups,
            @Field(value = "Policies to attach to it.", max = 100) List<String> policies,
            @Field("A note, at most 500 characters.") @Nullable String remark) {}

    public record AccountChange(
            @Field("Whether it may be used.") @Nullable Boolean enabled,
            @Field(value = "Parent topics it may publish to beside what its policies say; * is all.", max = 1000)
                    @Nullable
                    List<String> publish,
            @Field(value = "Parent topics it may subscribe to beside what its policies say; * is all.", max = 1000)
                    @Nullable
                    List<String> subscribe,
            @Field(value = "Groups it may be used with; * is all.", max = 1000) @Nullable List<String> groups,
            @Field(value = "All policies that are attached to it.", max = 100) @Nullable List<String> policies,
            @Field("A note, at most 500 characters.") @Nullable String remark) {}

    public record KeyChange(@Field("Whether it may be used.") boolean enabled) {}

    public record Rotation(
            @Field(value = "Seconds for which the old key stays good.", unset = "86400", min = 0, max = 7_776_000)
                    int overlapSeconds) {}

    public record CreatedKey(
            @Field("The AccessKey, or the id of the device credential.") String id,
            @Field("The secret key. It cannot be shown again.") String secretKey) {
        @Override
        public String toString() {
            return "CreatedKey[" + id + "]";
        }
    }
}
