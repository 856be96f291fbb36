package isthmus.server.management;

import static isthmus.server.management.ResourceAnswers.asking;

import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.AccountOperations;
import isthmus.server.operations.AccountOperations.AccountChange;
import isthmus.server.operations.AccountOperations.AccountItem;
import isthmus.server.operations.AccountOperations.AccountKeyName;
import isthmus.server.operations.AccountOperations.AccountName;
import isthmus.server.operations.AccountOperations.AccountPolicy;
import isthmus.server.operations.AccountOperations.AccountSearch;
import isthmus.server.operations.AccountOperations.CreatedKey;
import isthmus.server.operations.AccountOperations.KeyChange;
import isthmus.server.operations.AccountOperations.KeyItem;
import isthmus.server.operations.AccountOperations.NewAccount;
import isthmus.server.operations.AccountOperations.Rotation;
import isthmus.server.permissions.Grant;
import isthmus.server.resources.AccountView;
import isthmus.server.resources.Accounts;
import isthmus.server.resources.NewKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Accounts, sub-accounts and their keys. */
public final class AccountRoutes {
    private final Accounts accounts;

    public AccountRoutes(Accounts accounts) {
        this.accounts = accounts;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(AccountOperations.ACCOUNTS, this::list),
                Route.of(AccountOperations.ACCOUNT, asking(this::show)),
                Route.of(AccountOperations.CREATE, asking(this::create)),
                Route.of(AccountOperations.CHANGE, asking(this::change)),
                Route.of(AccountOperations.DELETE, asking(this::delete)),
                Route.of(AccountOperations.ATTACH, asking(this::attach)),
                Route.of(AccountOperations.DETACH, asking(this::detach)),
                Route.of(AccountOperations.ADD_KEY, asking(this::addKey)),
                Route.of(AccountOperations.CHANGE_KEY, asking(this::changeKey)),
                Route.of(AccountOperations.REMOVE_KEY, asking(this::removeKey)),
                Route.of(AccountOperations.ROTATE_KEY, asking(this::rotateKey)));
    }

    private Page<AccountItem> list(Call<AccountSearch, None> call) {
        AccountSearch search = call.parameters();
        List<AccountView> found = accounts.list().stream()
                .filter(account -> search.main() == null || search.main().equals(account.main()))
                .toList();
        return ResourceAnswers.page(found, AccountView::name, search.cursor(), search.limit(), AccountRoutes::item);
    }

    private AccountItem show(Call<AccountName, None> call) {
        return item(accounts.get(call.parameters().account()));
    }

    private CreatedKey create(Call<None, NewAccount> call) {
        NewAccount wanted = call.body();
        Grant grant = new Grant(set(wanted.publish()), set(wanted.subscribe()), set(wanted.groups()));
        String remark = wanted.remark() == null ? "" : wanted.remark();
        return created(accounts.create(wanted.name(), wanted.main(), grant, wanted.policies(), remark));
    }

    private AccountItem change(Call<AccountName, AccountChange> call) {
        AccountChange wanted = call.body();
        Accounts.Change change = new Accounts.Change(
                wanted.enabled(),
                wanted.publish(),
                wanted.subscribe(),
                wanted.groups(),
                wanted.policies(),
                wanted.remark());
        return item(accounts.change(call.parameters().account(), change));
    }

    private None delete(Call<AccountName, None> call) {
        accounts.delete(call.parameters().account());
        return None.NONE;
    }

    private AccountItem attach(Call<AccountPolicy, None> call) {
        accounts.attachPolicy(call.parameters().account(), call.parameters().policy());
        return item(accounts.get(call.parameters().account()));
    }

    private AccountItem detach(Call<AccountPolicy, None> call) {
        accounts.detachPolicy(call.parameters().account(), call.parameters().policy());
        return item(accounts.get(call.parameters().account()));
    }

    private CreatedKey addKey(Call<AccountName, None> call) {
        return created(accounts.addKey(call.parameters().account()));
    }

    private AccountItem changeKey(Call<AccountKeyName, KeyChange> call) {
        AccountKeyName key = call.parameters();
        accounts.setKeyEnabled(key.account(), key.accessKey(), call.body().enabled());
        return item(accounts.get(key.account()));
    }

    private None removeKey(Call<AccountKeyName, None> call) {
        accounts.removeKey(call.parameters().account(), call.parameters().accessKey());
        return None.NONE;
    }

    private CreatedKey rotateKey(Call<AccountKeyName, Rotation> call) {
        AccountKeyName key = call.parameters();
        Duration overlap = Duration.ofSeconds(call.body().overlapSeconds());
        return created(accounts.rotateKey(key.account(), key.accessKey(), overlap));
    }

    private static CreatedKey created(NewKey key) {
        return new CreatedKey(key.id(), key.secretKey());
    }

    private static AccountItem item(AccountView account) {
        Grant grant = account.grant();
        return new AccountItem(
                account.name(),
                account.main(),
                account.enabled(),
                account.keys().stream().map(AccountRoutes::item).toList(),
                sorted(grant.publish()),
                sorted(grant.subscribe()),
                sorted(grant.groups()),
                account.policies(),
                account.remark());
    }

    private static KeyItem item(AccountView.KeyView key) {
        return new KeyItem(
                key.accessKey(),
                key.enabled(),
                Instant.ofEpochMilli(key.createdMillis()),
                key.endsMillis() == Long.MAX_VALUE ? null : Instant.ofEpochMilli(key.endsMillis()));
    }

    private static Set<String> set(List<String> names) {
        return new HashSet<>(names);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
