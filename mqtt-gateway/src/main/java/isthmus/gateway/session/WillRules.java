package isthmus.gateway.session;

import isthmus.gateway.auth.Identity;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import isthmus.gateway.topics.TopicNames;
import org.jspecify.annotations.Nullable;

/** A Will is a publish: what the Client may not publish itself, the server does not publish for it. Any thread. */
final class WillRules {
    private final Directory directory;

    WillRules(Directory directory) {
        this.directory = directory;
    }

    /** @return why the Client's Will may not be published to the Topic Name, or null */
    @Nullable
    String objection(String topic, Identity identity, String clientId) {
        return objection(topic, identity.account(), identity.rights(directory, clientId));
    }

    /** The same for the account as it is now, if there is one. */
    @Nullable
    String objection(String topic, String account, String clientId) {
        return objection(topic, account, directory.rights(account, clientId));
    }

    private @Nullable String objection(String topic, String account, @Nullable Rights rights) {
        String parent = TopicNames.parentOf(topic);
        if (rights == null) {
            return "account " + account + " does not exist any more, or is disabled";
        }
        if (!directory.hasParentTopic(parent)) {
            return "of its will, " + MissingTopic.sentence(parent, directory);
        }
        return rights.mayPublish(topic) ? null : "account " + account + " may not publish its will to " + topic;
    }
}
