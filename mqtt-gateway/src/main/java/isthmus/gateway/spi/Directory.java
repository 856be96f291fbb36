package isthmus.gateway.spi;

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
}
