package isthmus.server.permissions;

import isthmus.gateway.spi.Rights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What an account may do, worked out once for all parent topics that there are. Immutable; any thread. */
public final class AccountRights {
    /** A parent topic, and whether anybody may write to it and read from it. */
    public record Parent(String name, boolean writable, boolean readable) {}

    private final Set<String> groups;
    private final ParentTable parents;
    private final Map<Action, Set<String>> elsewhere = new EnumMap<>(Action.class);
    private final Set<Action> unlimited = EnumSet.noneOf(Action.class);

    public AccountRights(Grant grant, List<Policy> policies, Collection<Parent> topics) {
        groups = grant.groups();
        List<ParentTable.Row> rows = new ArrayList<>();
        for (Parent topic : topics) {
            Verdict publish = Verdict.of(Action.PUB, topic.name(), grant, policies);
            Verdict subscribe = Verdict.of(Action.SUB, topic.name(), grant, policies);
            rows.add(new ParentTable.Row(
                    topic.name(),
                    topic.writable() ? publish : Verdict.NOTHING,
                    topic.readable() ? subscribe : Verdict.NOTHING));
        }
        parents = new ParentTable(rows);
        for (Action action : Action.values()) {
            elsewhere.put(action, namedElsewhere(action, grant, policies));
            boolean nothingHeldBack =
                    rows.stream().allMatch(row -> (action == Action.PUB ? row.publish() : row.subscribe()).isWhole());
            if (nothingHeldBack && isAllowedEverywhere(action, grant, policies)) {
                unlimited.add(action);
            }
        }
    }

    /** Topics that are no parent topics, such as those of client events: the grant names them, and no policy denies them. */
    private Set<String> namedElsewhere(Action action, Grant grant, List<Policy> policies) {
        Set<String> named = new TreeSet<>(action == Action.PUB ? grant.publish() : grant.subscribe());
        named.removeIf(topic -> topic.equals(Grant.ALL)
                || parents.find(topic, topic.length()) != null
                || !Verdict.of(action, topic, grant, policies).isWhole());
        return named;
    }

    private static boolean isAllowedEverywhere(Action action, Grant grant, List<Policy> policies) {
        List<Statement> statements = policies.stream()
                .flatMap(policy -> policy.statements().stream())
                .filter(statement -> statement.actions().contains(action))
                .toList();
        boolean allowed = grant.allows(action, Grant.ALL)
                || statements.stream()
                        .flatMap(statement -> statement.topics().stream())
                        .anyMatch(TopicPattern::isEverything);
        return allowed && statements.stream().allMatch(Statement::allows);
    }

    /** Whether it may do everything with every topic, also with one that does not exist yet. */
    public boolean areUnlimited() {
        return unlimited.containsAll(EnumSet.allOf(Action.class));
    }

    /** The same for one Client, whose identifiers policies may speak of. */
    public Rights of(String clientId) {
        return new DeviceRights(groups, parents, Device.of(clientId));
    }

    /**
     * The parent topics with which all of an action is allowed, in order; only {@code *} when that is all topics, those that
     * are no parent topics included.
     */
    public Set<String> wholeTopics(Action action) {
        if (unlimited.contains(action)) {
            return Set.of(Grant.ALL);
        }
        Set<String> whole = new TreeSet<>();
        for (ParentTable.Row row : parents.rows()) {
            if ((action == Action.PUB ? row.publish() : row.subscribe()).isWhole()) {
                whole.add(row.parent());
            }
        }
        whole.addAll(elsewhere.getOrDefault(action, Set.of()));
        return whole;
    }
}
