package isthmus.queue.api.admin;

import java.util.List;
import java.util.Map;

/** Consumer groups. */
public interface Groups {
    /** All groups that were created or have been online, by name. */
    List<GroupSummary> list();

    /** One group in detail. Asks its online members what they subscribe to; waits three seconds for them at most. */
    GroupDetail detail(String group);

    /**
     * What of a topic waits for a group; messages that are being retried are not among them. Asks nobody, and so is
     * cheap enough to be asked for again and again.
     */
    Waiting waiting(String group, String topic);

    /**
     * The groups with two or more online members, and whether these subscribe alike. Asks them; waits three seconds at
     * most for those of each group.
     */
    Map<String, GroupDetail.Agreement> agreements();

    /**
     * Lets a group consume, or stops it. Its clients stay connected; they are refused messages, and ask again every few
     * seconds. Survives a restart.
     */
    void allowConsuming(String group, boolean allowed);

    /** The times that a group can be reset to: those of the oldest and the newest message of a topic. */
    TimeSpan resettable(String topic);

    /**
     * Moves a group to the end of a topic. What waits is passed over, except messages that are being retried. Online
     * consumers take it up at once.
     */
    List<QueueReset> resetToLatest(String group, String topic);

    /**
     * Moves a group, forward or back, to the first messages stored at a time or later.
     *
     * @param millis milliseconds since the epoch, within {@link #resettable}
     */
    List<QueueReset> resetToTime(String group, String topic, long millis);

    /**
     * Gives one message to one online client and waits ten seconds at most for what its listener makes of it. Changes
     * neither the group's progress nor other deliveries.
     *
     * @param clientId as in {@link GroupDetail.Member#clientId}
     * @param messageId an offset id or a unique id
     */
    DirectConsumption consumeDirectly(String group, String clientId, String topic, String messageId);

    /**
     * @param online whether the group has an online client
     * @param backlog messages not consumed yet; 0 for broadcasting
     * @param delayMillis how long the oldest of them has been waiting; 0 without a backlog
     */
    record Waiting(boolean online, long backlog, long delayMillis) {}

    /** Milliseconds since the epoch; both 0 when the topic is empty. */
    record TimeSpan(long oldestMillis, long newestMillis) {}

    /** @param before the group's progress until now, -1 when it had none */
    record QueueReset(int queueId, long minOffset, long maxOffset, long before, long after) {}

    /**
     * @param result {@code SUCCESS}, {@code LATER}, {@code ROLLBACK}, {@code COMMIT}, {@code THROW_EXCEPTION} or
     *     {@code RETURN_NULL}, as the client named it
     * @param remark what the client said about it, such as the exception; may be empty
     */
    record DirectConsumption(boolean success, String result, String remark, long tookMillis) {}
}
