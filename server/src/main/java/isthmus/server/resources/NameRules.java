package isthmus.server.resources;

import isthmus.bridge.EventTopics;
import isthmus.server.config.InitialResources;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of names and remarks (requirements 1.4, 2.1). Each throws a {@link ResourceProblem} that names the field. */
final class NameRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{2,64}");
    private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9-]{1,128}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9._@-]{1,128}");
    private static final int MOST_REMARK = 500;
    private static final Set<String> ROCKETMQS_OWN =
            Set.of("tbw102", "schedule_topic_xxxx", "benchmarktest", "self_test_topic", "offset_moved_event");

    private NameRules() {}

    static boolean isTopic(String name) {
        try {
            requireTopic(name);
            return true;
        } catch (ResourceProblem problem) {
            return false;
        }
    }

    static void requireTopic(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ResourceProblem.invalid(
                    "name", "\"" + name + "\" (expected: 2 to 64 characters out of A-Z a-z 0-9 _ -)");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("rmq_sys_") || ROCKETMQS_OWN.contains(lower)) {
            throw ResourceProblem.invalid("name", name + " is one of RocketMQ's own topics; choose another name");
        }
        if (EventTopics.isEventTopic(name)) {
            throw ResourceProblem.invalid(
                    "name", name + " is the topic of a group's client events, which is there when the group is");
        }
    }

    static void requireGroup(String name, GroupKind kind) {
        if (kind == GroupKind.MQTT && !InitialResources.isGroup(name)) {
            throw ResourceProblem.invalid(
                    "name",
                    "\"" + name + "\" (expected: GID_ followed by 3 to 28 characters out of A-Z a-z 0-9 _ -, 7 to 32"
                            + " in all)");
        }
        if (!NAME.matcher(name).matches()) {
            throw ResourceProblem.invalid(
                    "name", "\"" + name + "\" (expected: 2 to 64 characters out of A-Z a-z 0-9 _ -)");
        }
    }

    static void requireAccount(String name) {
        if (!ACCOUNT.matcher(name).matches()) {
            throw ResourceProblem.invalid(
                    "name", "\"" + name + "\" (expected: 1 to 128 characters out of A-Z a-z 0-9 . _ @ -)");
        }
    }

    static void requirePolicy(String name) {
        if (!POLICY.matcher(name).matches()) {
            throw ResourceProblem.invalid(
                    "name", "\"" + name + "\" (expected: 1 to 128 characters out of A-Z a-z 0-9 -)");
        }
    }

    static void requireRemark(String remark) {
        if (remark.length() > MOST_REMARK) {
            throw ResourceProblem.invalid(
                    "remark", "has " + remark.length() + " characters (expected: 0.." + MOST_REMARK + ")");
        }
    }
}
