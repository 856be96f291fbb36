package isthmus.queue.api;

import java.util.regex.Pattern;

/** The naming rules of the queue core. */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Names() {}

    /** @throws IllegalArgumentException with a sentence that names the topic and the rule */
    public static String requireTopic(String topic) {
        return require("topic", topic);
    }

    /** @throws IllegalArgumentException with a sentence that names the group and the rule */
    public static String requireGroup(String group) {
        return require("group", group);
    }

    private static String require(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + name + "\" (expected: 1 to 64 characters out of A-Z a-z 0-9 _ -)");
        }
        return name;
    }
}
