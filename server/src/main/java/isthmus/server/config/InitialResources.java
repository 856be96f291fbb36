package isthmus.server.config;

import isthmus.queue.api.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is created at the start when it is missing. */
public record InitialResources(
        @Key("Accounts of devices and server applications. Without any, the first start makes one with random keys.")
                List<Account> accounts,
        @Key(
                        "Parent topics: the first level of every MQTT topic, and the RocketMQ topic behind it. Without any topics and"
                                + " groups, the first start makes Telemetry and GID_Sensors.")
                List<String> topics,
        @Key(
                        "Groups of devices: the first part of every Client Identifier GROUP@@@DEVICE. The events of a group's clients"
                                + " are in the topic GROUP_MQTT.")
                List<String> groups) {

    /** {@code GID_} and 3 to 28 more: older documents allow letters and digits only, newer ones - and _ too. */
    private static final Pattern GROUP = Pattern.compile("GID_[A-Za-z0-9_-]{3,28}");

    /** What {@link #isGrantable} expects, for people. */
    public static final String GRANTABLE = "\"*\" for all, or names out of A-Z a-z 0-9 _ -";

    /** One character is enough for RocketMQ. */
    private static final Pattern GRANTABLE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public InitialResources {
        accounts = List.copyOf(accounts);
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
        topics.forEach(InitialResources::requireTopic);
        groups.forEach(InitialResources::requireGroup);
        requireDistinct(accounts);
    }

    /** Whether an account may be granted what has this name, which nothing need have yet. */
    public static boolean isGrantable(String name) {
        return name.equals("*") || GRANTABLE_NAME.matcher(name).matches();
    }

    /** Whether it is a name for a group of devices. */
    public static boolean isGroup(String name) {
        return GROUP.matcher(name).matches();
    }

    /** @throws IllegalArgumentException with a sentence that names the group and the rule */
    public static void requireGroup(String group) {
        if (!GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException(
                    "groups: " + group + " (expected: GID_ followed by 3 to 28 characters out of A-Z a-z 0-9 _ -)");
        }
    }

    private static void requireTopic(String topic) {
        try {
            Names.requireTopic(topic);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("topics: " + e.getMessage(), e);
        }
    }

    private static void requireDistinct(List<Account> accounts) {
        Set<String> seen = new HashSet<>();
        for (Account account : accounts) {
            if (!seen.add(account.accessKey())) {
                throw new IllegalArgumentException("accounts: " + account.accessKey() + " is there twice");
            }
        }
    }

    /** An account as a person configures it. */
    public record Account(
            @Key("Its name: the User Name of devices, the AccessKey of RocketMQ clients.") String accessKey,
            @Key(value = "What its passwords and requests are signed with.", secret = true) String secretKey,
            @Key(value = "The topics it may publish to; * means all.", unset = "[\"*\"]") Set<String> publish,
            @Key(value = "The topics it may subscribe to; * means all.", unset = "[\"*\"]") Set<String> subscribe,
            @Key(value = "The groups it may be used with; * means all.", unset = "[\"*\"]") Set<String> groups) {

        /** Safe as a file name and in every place where RocketMQ writes an account's name. */
        private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9._@-]{1,128}");

        public Account {
            publish = Set.copyOf(publish);
            subscribe = Set.copyOf(subscribe);
            groups = Set.copyOf(groups);
            requireNames("publish", publish);
            requireNames("subscribe", subscribe);
            requireNames("groups", groups);
            if (!ACCESS_KEY.matcher(accessKey).matches()) {
                throw new IllegalArgumentException(
                        "accessKey: " + accessKey + " (expected: 1 to 128 characters out of A-Z a-z 0-9 . _ @ -)");
            }
            if (secretKey.length() > 256) {
                throw new IllegalArgumentException(
                        "secretKey: has " + secretKey.length() + " characters (expected: 1..256)");
            }
        }

        private static void requireNames(String field, Set<String> names) {
            for (String name : names) {
                if (!isGrantable(name)) {
                    throw new IllegalArgumentException(field + ": \"" + name + "\" (expected: " + GRANTABLE + ")");
                }
            }
        }

        /** Without the secret key. */
        @Override
        public String toString() {
            return "Account[" + accessKey + "]";
        }
    }
}
