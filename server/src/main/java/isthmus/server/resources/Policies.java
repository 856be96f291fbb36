package isthmus.server.resources;

import isthmus.server.permissions.Policy;
import isthmus.server.permissions.PolicyProblem;
import isthmus.server.permissions.PolicyReader;
import java.util.List;

/** Policies: make, list, change, delete. Any thread but event loops. See {@link Accounts} for what a change does. */
public final class Policies {
    private final Ledger ledger;
    private final PolicyReader reader = new PolicyReader();

    Policies(Ledger ledger) {
        this.ledger = ledger;
    }

    /** All, the system's included, in the order of their names. */
    public List<Policy> list() {
        return List.copyOf(ledger.now().policies().values());
    }

    public Policy get(String name) {
        return ResourceProblem.require(ledger.now().policies(), "policy", name);
    }

    /** @param document JSON as in RAM: Version, Statement, Effect, Action, Resource */
    public Policy create(String name, String document) {
        NameRules.requirePolicy(name);
        Policy policy = read(name, document);
        return ledger.change(draft -> {
            if (draft.policies().containsKey(name)) {
                throw ResourceProblem.exists("name", "policy", name);
            }
            draft.put(policy);
            return policy;
        });
    }

    /** Replaces its document. */
    public Policy change(String name, String document) {
        Policy policy = read(name, document);
        return ledger.change(draft -> {
            requireOwn(draft.policy(name));
            if (!draft.policy(name).equals(policy)) {
                draft.put(policy);
            }
            return policy;
        });
    }

    /** Deletes one that is attached to no account. */
    public void delete(String name) {
        ledger.change(draft -> {
            requireOwn(draft.policy(name));
            draft.accounts().values().stream()
                    .filter(account -> account.policies().contains(name))
                    .findFirst()
                    .ifPresent(account -> {
                        throw ResourceProblem.inUse(
                                "policy",
                                "policy " + name + " is attached to account " + account.name() + "; detach it first");
                    });
            draft.removePolicy(name);
            return name;
        });
    }

    private static void requireOwn(Policy policy) {
        if (policy.system()) {
            throw ResourceProblem.inUse(
                    "policy", "policy " + policy.name() + " comes with the server and cannot be changed; make another");
        }
    }

    private Policy read(String name, String document) {
        try {
            return reader.read(name, document);
        } catch (PolicyProblem problem) {
            throw ResourceProblem.invalid(problem);
        }
    }
}
