package isthmus.server.permissions;

import java.util.List;

/** The three policies that are always there (requirements 3.9). */
public final class SystemPolicies {
    private SystemPolicies() {}

    public static List<Policy> all() {
        return List.of(
                policy("AliyunMQFullAccess", "mq:*"),
                policy("AliyunMQPubOnlyAccess", "mq:PUB"),
                policy("AliyunMQSubOnlyAccess", "mq:SUB"));
    }

    private static Policy policy(String name, String action) {
        String document = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"acs:mq:*:*:*\"}]}";
        return new PolicyReader().read(name, document, true);
    }
}
