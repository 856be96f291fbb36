package isthmus.server.operations;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies. */
public final class PolicyOperations {
    private PolicyOperations() {}

    public static final Operation<PolicySearch, None, Page<PolicyItem>> POLICIES = Operation.get(
                    "/policies", "policies list", "Lists the policies, those included that come with the server.")
            .parameters(PolicySearch.class)
            .answersPageOf(PolicyItem.class);

    public static final Operation<PolicyName, None, PolicyItem> POLICY = Operation.get(
                    "/policies/{policy}", "policies show", "Shows one policy.")
            .parameters(PolicyName.class)
            .answers(PolicyItem.class);

    public static final Operation<None, NewPolicy, PolicyItem> CREATE = Operation.post(
                    "/policies", "policies create", "Makes a policy, to be attached to accounts.")
            .role(Role.ADMIN)
            .body(NewPolicy.class)
            .answers(PolicyItem.class);

    public static final Operation<PolicyName, PolicyChange, PolicyItem> CHANGE = Operation.put(
                    "/policies/{policy}",
                    "policies change",
                    "Replaces the document of a policy; connections that depend on what it says no more are cut.")
            .role(Role.ADMIN)
            .parameters(PolicyName.class)
            .body(PolicyChange.class)
            .answers(PolicyItem.class);

    public static final Operation<PolicyName, None, None> DELETE = Operation.delete(
                    "/policies/{policy}", "policies delete", "Deletes a policy that is attached to no account.")
            .role(Role.ADMIN)
            .parameters(PolicyName.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(POLICIES, POLICY, CREATE, CHANGE, DELETE);
    }

    public record PolicySearch(
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record PolicyName(@Field("The name of the policy.") String policy) {}

    public record PolicyItem(
            @Field("Its name.") String name,
            @Field("Whether it comes with the server and cannot be changed.") boolean system,
            @Field("What it says: Version, Statement, Effect, Action, Resource.") JsonNode document) {}

    public record NewPolicy(
            @Field("Its name: 1 to 128 characters out of A-Z a-z 0-9 -.") String name,
            @Field("What it says: Version, Statement, Effect, Action, Resource.") JsonNode document) {}

    public record PolicyChange(
            @Field("What it says from now on: Version, Statement, Effect, Action, Resource.") JsonNode document) {}
}
