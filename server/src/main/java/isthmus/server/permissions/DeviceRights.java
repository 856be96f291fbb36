package isthmus.server.permissions;

import isthmus.gateway.spi.Rights;
import isthmus.server.permissions.ParentTable.Row;
import java.util.Set;

/** What an account may do with one Client. */
record DeviceRights(Set<String> groups, ParentTable parents, Device device) implements Rights {
    @Override
    public boolean mayPublish(String topic) {
        int length = firstLevel(topic);
        Row row = parents.find(topic, length);
        return row != null && row.publish().allows(topic, length + 1, device);
    }

    @Override
    public boolean maySubscribe(String filter) {
        int length = firstLevel(filter);
        Row row = parents.find(filter, length);
        return row != null && row.subscribe().allowsFilter(filter, length + 1, device);
    }

    @Override
    public boolean mayReceive(String topic) {
        int length = firstLevel(topic);
        Row row = parents.find(topic, length);
        return row != null && row.subscribe().allows(topic, length + 1, device);
    }

    @Override
    public boolean mayUse(String groupId) {
        return groups.contains(groupId) || mayUseAllGroups();
    }

    @Override
    public boolean mayUseAllGroups() {
        return groups.contains(Grant.ALL);
    }

    private static int firstLevel(String topic) {
        int slash = topic.indexOf('/');
        return slash < 0 ? topic.length() : slash;
    }
}
