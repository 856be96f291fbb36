package isthmus.server.resources;

import isthmus.server.permissions.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account as it may be shown: without secret keys. */
public record AccountView(
        String name,
        @Nullable String main,
        boolean enabled,
        List<KeyView> keys,
        Grant grant,
        List<String> policies,
        String remark) {
    /**
     * A key of it.
     *
     * @param endsMillis when it stops to be good, milliseconds since the epoch; {@link Long#MAX_VALUE} for never
     */
    public record KeyView(String accessKey, boolean enabled, long createdMillis, long endsMillis) {}

    static AccountView of(Account account) {
        return new AccountView(
                account.name(),
                account.main(),
                account.enabled(),
                account.keys().stream()
                        .map(key -> new KeyView(key.accessKey(), key.enabled(), key.createdMillis(), key.endsMillis()))
                        .toList(),
                account.grant(),
                account.policies(),
                account.remark());
    }
}
