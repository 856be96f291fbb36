package isthmus.gateway.spi;

import org.jspecify.annotations.Nullable;

/** The resources that sign-on and permission checks ask for. Any thread; answers from memory, never blocks. */
public interface Directory {
    /** The account with this AccessKey, or null. */
    @Nullable
    Account account(String accessKey);

    boolean hasGroup(String groupId);

    boolean hasParentTopic(String topic);
}
