package isthmus.server.resources;

import java.util.List;

/**
 * Groups of devices, consumers and producers: make, list, change, delete. Any thread but event loops. See {@link Accounts}
 * for what a change does.
 */
public final class Groups {
    private final Ledger ledger;

    Groups(Ledger ledger) {
        this.ledger = ledger;
    }

    /** All, in the order of their names. */
    public List<Group> list() {
        return List.copyOf(ledger.now().groups().values());
    }

    /** Those of one kind, in the order of their names. */
    public List<Group> list(GroupKind kind) {
        return list().stream().filter(group -> group.kind() == kind).toList();
    }

    public Group get(String name) {
        return ResourceProblem.require(ledger.now().groups(), "group", name);
    }

    public Group create(String name, GroupKind kind, String remark) {
        NameRules.requireGroup(name, kind);
        NameRules.requireRemark(remark);
        Group group = new Group(name, kind, remark);
        return ledger.change(draft -> {
            if (draft.groups().containsKey(name)) {
                throw ResourceProblem.exists("name", "group", name);
            }
            draft.put(group);
            return group;
        });
    }

    public void setRemark(String name, String remark) {
        NameRules.requireRemark(remark);
        ledger.change(draft -> {
            Group after = new Group(name, draft.group(name).kind(), remark);
            if (!after.equals(draft.group(name))) {
                draft.put(after);
            }
            return name;
        });
    }

    /** Deletes it: its devices are disconnected. The topic of their events stays until retention has emptied it. */
    public void delete(String name) {
        ledger.change(draft -> {
            draft.group(name);
            draft.removeGroup(name);
            return name;
        });
    }
}
