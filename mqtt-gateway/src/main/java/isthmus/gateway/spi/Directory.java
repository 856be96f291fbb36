package isthmus.gateway.spi;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The resources that sign-on and permission checks ask for. Any thread; answers from memory, never blocks. */
public interface Directory {
    /** The key with this AccessKey; null when there is none, or it or its account is disabled. */
    @Nullable
    AccountKey accountKey(String accessKey);

    /** Null when there is none, or it is disabled. */
    @Nullable
    DeviceCredential deviceCredential(String id);

    /** Null when there is none, or it ended so long ago that it is forgotten. */
    @Nullable
    Token token(String id);

    /** What a Client may do with an account; null when there is no such account, or it is disabled. */
    @Nullable
    Rights rights(String account, String clientId);

    /** Changes whenever what {@link #rights} says may have changed. Costs next to nothing. */
    long version();

    boolean hasGroup(String groupId);

    boolean hasParentTopic(String topic);

    /** Whether parent topics come into being because Clients use them. */
    boolean makesParentTopics();

    /** Makes a parent topic because a Client uses it, if its account may use every topic. Completes on any thread. */
    CompletionStage<Made> makeParentTopic(String account, String topic);

    /** What came of it. */
    enum Made {
        /** It is there, and {@link #rights} know it. */
        DONE,
        /** The account may not, or it cannot be a topic's name. */
        REFUSED,
        TOO_MANY
    }
}
