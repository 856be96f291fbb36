package isthmus.gateway.session;

import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.topics.TopicNames;
import org.jspecify.annotations.Nullable;

/** A Will is a publish: what the Client may not publish itself, the server does not publish for it. Any thread. */
final class WillRules {
    private final Directory directory;

    WillRules(Directory directory) {
        this.directory = directory;
    }

    /** @return why the account's Will may not be published to the Topic Name, or null */
    @Nullable
    String objection(String topic, Account account) {
        String parent = TopicNames.parentOf(topic);
        if (!directory.hasParentTopic(parent)) {
            return "parent topic \"" + parent + "\" of the will does not exist: add it under resources.topics";
        }
        return account.mayPublish(parent)
                ? null
                : "account " + account.accessKey() + " may not publish its will to " + parent;
    }

    /** The same for the account as it is now, if there is one. */
    @Nullable
    String objection(String topic, String accessKey) {
        Account account = directory.account(accessKey);
        return account == null ? "account " + accessKey + " does not exist any more" : objection(topic, account);
    }
}
