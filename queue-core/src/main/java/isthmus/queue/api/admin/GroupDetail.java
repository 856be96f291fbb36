package isthmus.queue.api.admin;

import java.util.List;
import java.util.Set;

/**
 * A consumer group.
 *
 * @param model how the online members share messages
 * @param agreement whether all online members subscribe alike, which they must
 * @param differences a sentence for each topic on which they differ
 * @param progress for each topic, its retry topic included
 */
public record GroupDetail(
        GroupSummary summary,
        Model model,
        List<Member> members,
        Agreement agreement,
        List<String> differences,
        List<TopicProgress> progress) {
    public GroupDetail {
        members = List.copyOf(members);
        differences = List.copyOf(differences);
        progress = List.copyOf(progress);
    }

    public enum Model {
        CLUSTERING,
        BROADCASTING,
        /** Nobody is online. */
        UNKNOWN
    }

    public enum Agreement {
        AGREE,
        DIFFER,
        /** Nobody is online, or not everybody answered. */
        UNKNOWN
    }

    /**
     * An online client.
     *
     * @param clientId as the client named itself: {@code address@process...}
     * @param address {@code address:port} it is connected from
     * @param version the version of its RocketMQ client
     * @param seenMillis its last heartbeat, milliseconds since the epoch
     * @param answered whether it said what it subscribes to; if not, {@code subscriptions} is empty
     */
    public record Member(
            String clientId,
            String address,
            String language,
            String version,
            long seenMillis,
            boolean answered,
            Set<Subscription> subscriptions) {
        public Member {
            subscriptions = Set.copyOf(subscriptions);
        }
    }

    /** @param expression {@code *}, tags joined by {@code ||}, or an SQL expression */
    public record Subscription(String topic, String expression) {}

    /**
     * @param backlog messages not consumed yet
     * @param delayMillis how long the oldest of them has been waiting; 0 without a backlog
     * @param tps messages given to the group per second in the last minute
     * @param lastMillis when the newest consumed message was stored; 0 when that is not known
     */
    public record TopicProgress(
            String topic, long backlog, long delayMillis, double tps, long lastMillis, List<QueueProgress> queues) {
        public TopicProgress {
            queues = List.copyOf(queues);
        }
    }

    /**
     * @param consumed the group's progress: the first message not consumed; -1 when it has none
     * @param pulled the first message not given to a consumer; never below {@code consumed}
     */
    public record QueueProgress(int queueId, long minOffset, long maxOffset, long consumed, long pulled) {}
}
