package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueTopic;
import isthmus.queue.api.QueueTopic.Kind;
import java.nio.file.Path;
import java.util.Set;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.attribute.TopicMessageType;
import org.apache.rocketmq.common.constant.PermName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics, groups and accounts are changed and removed while the broker runs. */
@Tag("integration")
class ChangingResourcesTest {
    private static final Set<String> ALL = Set.of("*");

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @Test
    void aTopicHasTheKindAndThePermissionsThatItWasGivenLast() {
        queue.putTopic(new QueueTopic("Changing", Kind.TIMED, true, false));
        assertThat(config("Changing").getPerm()).isEqualTo(PermName.PERM_READ);
        assertThat(config("Changing").getTopicMessageType()).isEqualTo(TopicMessageType.DELAY);

        queue.putTopic(new QueueTopic("Changing", Kind.ORDERED, true, true));
        assertThat(config("Changing").getPerm()).isEqualTo(PermName.PERM_READ | PermName.PERM_WRITE);
        assertThat(config("Changing").getTopicMessageType()).isEqualTo(TopicMessageType.FIFO);
        assertThat(config("Changing").getWriteQueueNums()).isEqualTo(8);

        queue.putTopic(new QueueTopic("Changing", Kind.NORMAL, false, true));
        assertThat(config("Changing").getPerm()).isEqualTo(PermName.PERM_WRITE);
    }

    @Test
    void aRemovedTopicTakesNoMessagesAndComesBackEmpty() throws Exception {
        queue.putTopic(new QueueTopic("Passing", Kind.NORMAL, true, true));
        append(queue, "Passing", "one");
        queue.removeTopic("Passing");
        queue.removeTopic("Passing");
        assertThat(queue.topics()).doesNotContain("Passing");
        assertThatThrownBy(() -> append(queue, "Passing", "two")).hasStackTraceContaining("Passing");

        queue.putTopic(new QueueTopic("Passing", Kind.NORMAL, true, true));
        append(queue, "Passing", "three");
        assertThat(queue.topics()).contains("Passing");
    }

    @Test
    void aTopicOfRocketMqsOwnIsNeitherChangedNorRemoved() {
        assertThatThrownBy(() -> queue.putTopic(new QueueTopic("RMQ_SYS_TRACE_TOPIC", Kind.NORMAL, true, true)))
                .hasMessageContaining("RocketMQ's own");
        assertThatThrownBy(() -> queue.removeTopic("RMQ_SYS_TRACE_TOPIC")).hasMessageContaining("RocketMQ's own");
    }

    @Test
    void aRemovedGroupIsGone() {
        queue.createGroup("GID_Passing");
        queue.removeGroup("GID_Passing");
        queue.removeGroup("GID_Passing");
        assertThat(queue.node()
                        .broker()
                        .getSubscriptionGroupManager()
                        .getSubscriptionGroupTable()
                        .get("GID_Passing"))
                .isNull();
    }

    @Test
    void theAccountsAreThoseThatWerePutAndNotRemoved() {
        queue.putAccount(new QueueAccount("one", "SK", ALL, ALL, ALL));
        queue.putAccount(new QueueAccount("two", "SK", ALL, ALL, ALL));
        assertThat(queue.accounts()).containsExactlyInAnyOrder("one", "two");
        queue.removeAccount("one");
        queue.removeAccount("one");
        assertThat(queue.accounts()).containsExactly("two");
    }

    private static TopicConfig config(String topic) {
        return queue.node().broker().getTopicConfigManager().selectTopicConfig(topic);
    }
}
