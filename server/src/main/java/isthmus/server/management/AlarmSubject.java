package isthmus.server.management;

import isthmus.server.operations.AlarmOperations.Item;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an alarm is about, of which there may be several under one rule.
 *
 * @param group the consumer group; null: the instance
 * @param topic in which something waits for the group; null: it is not about that
 */
record AlarmSubject(Item item, @Nullable String group, @Nullable String topic) {
    static AlarmSubject instance(Item item) {
        return new AlarmSubject(item, null, null);
    }

    @Override
    public String toString() {
        return item.name().toLowerCase(Locale.ROOT)
                + (group == null ? "" : " of group " + group)
                + (topic == null ? "" : " in topic " + topic);
    }
}
