package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.RouteDefinition;
import isthmus.queue.api.admin.StoredMessage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a route copies, and what the copies look like: body, tag, keys, unique id and the properties that are not
 * RocketMQ's own. Immutable.
 */
final class RouteCopy {
    /** Names the routes that a message has passed, so that a circle of routes does not copy it for ever. */
    static final String PASSED = "ISTHMUS_ROUTES";

    private static final String ALL = "*";
    private static final Set<String> KEPT = Set.of(
            MessageConst.PROPERTY_KEYS,
            MessageConst.PROPERTY_TAGS,
            MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX,
            MessageConst.PROPERTY_SHARDING_KEY);
    /** Would delay the copy, make it half a transaction, or put it into further queues. */
    private static final Set<String> DROPPED = Set.of(
            "__STARTDELIVERTIME",
            MessageConst.PROPERTY_TRANSACTION_ID,
            MessageConst.PROPERTY_TRANSACTION_CHECK_TIMES,
            MessageConst.PROPERTY_INNER_MULTI_DISPATCH,
            MessageConst.PROPERTY_INNER_NUM,
            MessageConst.PROPERTY_INNER_BASE,
            MessageConst.PROPERTY_LITE_TOPIC,
            PASSED);

    private final String targetTopic;
    private final String id;
    private final Set<String> tags;

    /** @param origin tells this installation from others that have a route of the same name */
    RouteCopy(RouteDefinition definition, String origin) {
        this.targetTopic = definition.targetTopic();
        this.id = origin + "." + definition.name();
        this.tags = new HashSet<>();
        for (String tag : definition.tags().split("\\|\\|", -1)) {
            tags.add(tag.strip());
        }
    }

    /** The copy, or null when the message is not to be copied. */
    @Nullable
    Message of(StoredMessage message) {
        String tag = message.tag();
        if (!tags.contains(ALL) && (tag == null || !tags.contains(tag))) {
            return null;
        }
        String passed = message.properties().getOrDefault(PASSED, "");
        if (Arrays.asList(passed.split(" ")).contains(id)) {
            return null;
        }
        Message copy = new Message(targetTopic, message.body().array());
        message.properties().forEach((name, value) -> {
            if (isKept(name)) {
                MessageAccessor.putProperty(copy, name, value);
            }
        });
        MessageAccessor.putProperty(copy, PASSED, passed.isEmpty() ? id : passed + " " + id);
        return copy;
    }

    private static boolean isKept(String name) {
        return KEPT.contains(name)
                || !(MessageConst.STRING_HASH_SET.contains(name)
                        || DROPPED.contains(name)
                        || name.startsWith("TIMER_")
                        || name.startsWith("__RMQ."));
    }
}
