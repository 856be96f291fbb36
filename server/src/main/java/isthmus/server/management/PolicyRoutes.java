package isthmus.server.management;

import static isthmus.server.management.ResourceAnswers.asking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.PolicyOperations;
import isthmus.server.operations.PolicyOperations.NewPolicy;
import isthmus.server.operations.PolicyOperations.PolicyChange;
import isthmus.server.operations.PolicyOperations.PolicyItem;
import isthmus.server.operations.PolicyOperations.PolicyName;
import isthmus.server.operations.PolicyOperations.PolicySearch;
import isthmus.server.permissions.Policy;
import isthmus.server.resources.Policies;
import java.util.List;

/** Policies. */
public final class PolicyRoutes {
    private final Policies policies;
    private final ObjectMapper json = new ObjectMapper();

    public PolicyRoutes(Policies policies) {
        this.policies = policies;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(PolicyOperations.POLICIES, this::list),
                Route.of(PolicyOperations.POLICY, asking(this::show)),
                Route.of(PolicyOperations.CREATE, asking(this::create)),
                Route.of(PolicyOperations.CHANGE, asking(this::change)),
                Route.of(PolicyOperations.DELETE, asking(this::delete)));
    }

    private Page<PolicyItem> list(Call<PolicySearch, None> call) {
        PolicySearch search = call.parameters();
        return ResourceAnswers.page(policies.list(), Policy::name, search.cursor(), search.limit(), this::item);
    }

    private PolicyItem show(Call<PolicyName, None> call) {
        return item(policies.get(call.parameters().policy()));
    }

    private PolicyItem create(Call<None, NewPolicy> call) {
        return item(policies.create(call.body().name(), text(call.body().document())));
    }

    private PolicyItem change(Call<PolicyName, PolicyChange> call) {
        return item(policies.change(call.parameters().policy(), text(call.body().document())));
    }

    private None delete(Call<PolicyName, None> call) {
        policies.delete(call.parameters().policy());
        return None.NONE;
    }

    /** The document in an envelope, or as a text that is one. */
    private static String text(JsonNode document) {
        return document.isTextual() ? document.textValue() : document.toString();
    }

    private PolicyItem item(Policy policy) {
        try {
            return new PolicyItem(policy.name(), policy.system(), json.readTree(policy.document()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the stored policy " + policy.name() + " is not JSON", impossible);
        }
    }
}
