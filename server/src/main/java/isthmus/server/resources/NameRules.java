package isthmus.server.resources;

import isthmus.bridge.EventTopics;
import isthmus.server.config.InitialResources;
import isthmus.server.permissions.Grant;
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

    private static final Set<String> ROCKETMQS_OWN_GROUPS = Set.of(
            "DEFAULT_CONSUMER",
            "DEFAULT_PRODUCER",
            "TOOLS_CONSUMER",
            "SCHEDULE_CONSUMER",
            "FILTERSRV_CONSUMER",
            "__MONITOR_CONSUMER",
            "CLIENT_INNER_PRODUCER",
            "SELF_TEST_P_GROUP",
            "SELF_TEST_C_GROUP",
            "CID_ONS-HTTP-PROXY",
            "CID_ONSAPI_PERMISSION",
            "CID_ONSAPI_OWNER",
            "CID_ONSAPI_PULL");

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
        if (name.startsWith("CID_RMQ_SYS_") || ROCKETMQS_OWN_GROUPS.contains(name)) {
            throw ResourceProblem.invalid("name", name + " is one of RocketMQ's own groups; choose another name");
        }
        if (name.startsWith("isthmus-route_")) {
            throw ResourceProblem.invalid("name", name + " is named as the groups of routes are; choose another name");
        }
    }

    /** What a grant names need not exist, but has to be a name that something could have. */
    static void requireGrant(Grant grant) {
        requireNames("publish", grant.publish());
        requireNames("subscribe", grant.subscribe());
        requireNames("groups", grant.groups());
    }

    private static void requireNames(String field, Set<String> names) {
        for (String name : names) {
            if (!InitialResources.isGrantable(name)) {
                throw ResourceProblem.invalid(
                        field,
                        "\"" + name + "\" (expected: " + InitialResources.GRANTABLE + "; patterns belong in a policy)");
            }
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
