package isthmus.server.management;

import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.api.access.AuditEntry;
import isthmus.server.api.access.AuditLog;
import isthmus.server.api.access.TokenView;
import isthmus.server.api.access.Tokens;
import isthmus.server.operations.AccessOperations;
import isthmus.server.operations.AccessOperations.AuditSearch;
import isthmus.server.operations.AccessOperations.CreatedToken;
import isthmus.server.operations.AccessOperations.NewToken;
import isthmus.server.operations.AccessOperations.TokenName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tokens and the audit log. */
public final class AccessRoutes {
    private final Tokens tokens;
    private final AuditLog audit;
    private final Clock clock;

    public AccessRoutes(Tokens tokens, AuditLog audit, Clock clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(AccessOperations.TOKENS, this::list),
                Route.of(AccessOperations.CREATE_TOKEN, this::create),
                Route.of(AccessOperations.DELETE_TOKEN, this::delete),
                Route.of(AccessOperations.AUDIT, this::audit));
    }

    private Page<TokenView> list(Call<None, None> call) {
        return new Page<>(tokens.list(), null);
    }

    private CreatedToken create(Call<None, NewToken> call) {
        NewToken wanted = call.body();
        Instant expires = wanted.days() == null ? null : clock.instant().plus(Duration.ofDays(wanted.days()));
        String token = tokens.create(wanted.name(), wanted.role(), expires);
        return new CreatedToken(wanted.name(), wanted.role(), token, expires);
    }

    private None delete(Call<TokenName, None> call) {
        String name = call.parameters().name();
        if (!tokens.delete(name)) {
            throw Problem.notFound("there is no token named " + name);
        }
        return None.NONE;
    }

    private Page<AuditEntry> audit(Call<AuditSearch, None> call) {
        AuditSearch search = call.parameters();
        long before = Page.number(search.cursor(), Long.MAX_VALUE);
        List<AuditEntry> found = audit.find(before, search.limit() + 1, entry -> isWanted(search, entry));
        return Page.of(found, search.limit(), entry -> Long.toString(entry.number()));
    }

    private static boolean isWanted(AuditSearch search, AuditEntry entry) {
        return (search.token() == null || search.token().equals(entry.token()))
                && (search.operation() == null || search.operation().equals(entry.operation()))
                && (search.since() == null || !entry.time().isBefore(search.since()));
    }
}
