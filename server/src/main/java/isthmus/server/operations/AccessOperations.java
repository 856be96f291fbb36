package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import isthmus.server.api.access.AuditEntry;
import isthmus.server.api.access.TokenView;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tokens and the audit log. */
public final class AccessOperations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private AccessOperations() {}

    public static final Operation<None, None, Page<TokenView>> TOKENS = Operation.get(
                    "/tokens", "tokens list", "Lists the tokens of this API, without their secret part.")
            .role(Role.ADMIN)
            .answersPageOf(TokenView.class);

    public static final Operation<None, NewToken, CreatedToken> CREATE_TOKEN = Operation.post(
                    "/tokens", "tokens create", "Makes a token. It is shown this once.")
            .role(Role.ADMIN)
            .body(NewToken.class)
            .answers(CreatedToken.class);

    public static final Operation<TokenName, None, None> DELETE_TOKEN = Operation.delete(
                    "/tokens/{name}", "tokens delete", "Ends a token at once.")
            .role(Role.ADMIN)
            .parameters(TokenName.class)
            .answersNothing();

    public static final Operation<AuditSearch, None, Page<AuditEntry>> AUDIT = Operation.get(
                    "/audit", "audit list", "Lists who changed what, the newest first.")
            .role(Role.ADMIN)
            .parameters(AuditSearch.class)
            .answersPageOf(AuditEntry.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(TOKENS, CREATE_TOKEN, DELETE_TOKEN, AUDIT);
    }

    public record NewToken(
            @Field(value = "A name for it: letters, digits, and - _ .", min = 1, max = 64) String name,
            @Field("What its holder may do.") Role role,
            @Field(value = "Days after which it ends. Without, it does not.", min = 1, max = 36_500) @Nullable
                    Integer days) {
        public NewToken {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("name: " + name + " (expected: letters, digits, and - _ .)");
            }
        }
    }

    public record CreatedToken(
            @Field("Its name.") String name,
            @Field("What its holder may do.") Role role,
            @Field("The token. It cannot be shown again.") String token,
            @Field("When it ends; left out when it does not.") @Nullable Instant expires) {
        @Override
        public String toString() {
            return "CreatedToken[" + name + "]";
        }
    }

    public record TokenName(@Field("The name of the token.") String name) {}

    public record AuditSearch(
            @Field("Only what was done with this token.") @Nullable String token,
            @Field("Only this operation, as in the OpenAPI document.") @Nullable String operation,
            @Field("Only what was done at or after this instant.") @Nullable Instant since,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}
}
