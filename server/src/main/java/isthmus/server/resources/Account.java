package isthmus.server.resources;

import isthmus.server.permissions.Grant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may use the server: devices and server applications sign with its keys.
 *
 * @param main the account that a sub-account belongs to, and without which it is disabled; null for a main account
 * @param grant what it was given directly
 * @param policies names of what it was given otherwise
 */
public record Account(
        String name,
        @Nullable String main,
        boolean enabled,
        List<AccountKey> keys,
        Grant grant,
        List<String> policies,
        String remark) {
    public Account {
        keys = List.copyOf(keys);
        policies = List.copyOf(policies);
    }

    Account withKeys(List<AccountKey> changed) {
        return new Account(name, main, enabled, changed, grant, policies, remark);
    }

    Account withKey(AccountKey changed) {
        List<AccountKey> all = new ArrayList<>();
        boolean found = false;
        for (AccountKey key : keys) {
            boolean same = key.accessKey().equals(changed.accessKey());
            all.add(same ? changed : key);
            found |= same;
        }
        if (!found) {
            all.add(changed);
        }
        return withKeys(all);
    }

    Account withEnabled(boolean now) {
        return new Account(name, main, now, keys, grant, policies, remark);
    }

    Account withPolicies(List<String> changed) {
        return new Account(name, main, enabled, keys, grant, changed, remark);
    }
}
