package isthmus.server.permissions;

import java.util.List;

/**
 * A policy as in Alibaba Cloud's RAM: what may be done with which topics, to be attached to accounts.
 *
 * @param document as JSON, as it was given
 * @param system whether it comes with the server and cannot be changed
 */
public record Policy(String name, String document, boolean system, List<Statement> statements) {
    public Policy {
        statements = List.copyOf(statements);
    }

    /** Two are the same when they say the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Policy policy && name.equals(policy.name) && document.equals(policy.document);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + document.hashCode();
    }
}
