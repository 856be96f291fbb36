package isthmus.gateway.session;

import isthmus.gateway.codec.TopicSyntax;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.spi.Directory;

/** What is said of a parent topic that does not exist. */
final class MissingTopic {
    private MissingTopic() {}

    static String sentence(String missing, Directory directory) {
        String parent = TopicSyntax.printable(missing);
        if (parent.startsWith("$")) {
            return "\"" + parent + "\" cannot be used: topics that begin with $ are the server's own";
        }
        return "parent topic \"" + parent + "\" does not exist"
                + (directory.makesParentTopics()
                        ? " and is not made: that takes 2 to 64 characters out of A-Z a-z 0-9 _ -, an account for all"
                                + " topics, and fewer topics than " + Limit.PARENT_TOPICS.setting()
                        : ": add it under resources.topics, or with isthmus ctl topics create");
    }
}
