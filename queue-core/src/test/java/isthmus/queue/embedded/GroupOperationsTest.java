package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.Appended;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.admin.GroupDetail;
import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.queue.api.admin.GroupDetail.Member;
import isthmus.queue.api.admin.GroupDetail.Model;
import isthmus.queue.api.admin.GroupDetail.Subscription;
import isthmus.queue.api.admin.GroupSummary;
import isthmus.queue.api.admin.Groups;
import isthmus.queue.api.admin.Groups.DirectConsumption;
import isthmus.queue.api.admin.Groups.QueueReset;
import isthmus.queue.api.admin.Groups.TimeSpan;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.StoredMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumer groups with real clients online. */
@Tag("integration")
class GroupOperationsTest {
    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;
    private static Groups groups;

    private final TestClients clients = new TestClients(queue);

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
        groups = queue.operations().groups();
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @AfterEach
    void shutdown() {
        clients.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private static void create(String topic, String group) {
        queue.createTopic(topic);
        queue.createGroup(group);
    }

    private static GroupSummary summary(String group) {
        return groups.list().stream()
                .filter(one -> one.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupThatIsDeletedWhileTheGroupsAreListedIsLeftOut() {
        for (int i = 0; i < 50; i++) {
            queue.createGroup("GID_Short" + i);
        }
        CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
                queue.removeGroup("GID_Short" + i);
            }
        });
        while (!deleting.isDone()) {
            assertThat(groups.list()).isNotNull();
        }
        assertThat(deleting).succeedsWithin(Duration.ZERO);
        assertThat(groups.list()).extracting(GroupSummary::group).noneMatch(name -> name.startsWith("GID_Short"));
    }

    @Test
    void aGroupShowsItsMembersItsProgressAndWhetherTheyAgree() throws Exception {
        create("Seen", "GID_Seen");
        assertThat(groups.detail("GID_Seen").model()).isEqualTo(Model.UNKNOWN);
        assertThat(groups.detail("GID_Seen").agreement()).isEqualTo(Agreement.UNKNOWN);
        List<MessageExt> received = clients.consume("GID_Seen", "Seen", "a || b");
        clients.consume("GID_Seen", "Seen", "b||a");
        for (int i = 0; i < 16; i++) {
            append(queue, new QueueMessage("Seen", "k" + i, "a", MessageProperties.none(), TestQueue.body("x")));
        }
        soon().untilAsserted(() -> {
            GroupDetail detail = groups.detail("GID_Seen");
            assertThat(detail.members()).hasSize(2).allSatisfy(member -> {
                assertThat(member.answered()).isTrue();
                assertThat(member.address()).startsWith("127.0.0.1:");
                assertThat(member.language()).isEqualTo("java");
                assertThat(member.version()).isEqualTo("V5_5_0");
                assertThat(member.subscriptions())
                        .extracting(Subscription::topic)
                        .containsExactly("Seen");
            });
            assertThat(detail.agreement()).isEqualTo(Agreement.AGREE);
            assertThat(detail.model()).isEqualTo(Model.CLUSTERING);
            assertThat(detail.summary().backlog()).isZero();
            assertThat(detail.progress()).extracting(one -> one.topic()).contains("Seen", "%RETRY%GID_Seen");
        });
        assertThat(received).isNotNull();
        soon().until(() -> summary("GID_Seen").tps() > 0);
    }

    @Test
    void membersThatSubscribeDifferentlyAreNamed() throws Exception {
        create("Quarrel", "GID_Quarrel");
        queue.createTopic("QuarrelToo");
        clients.consume("GID_Quarrel", "Quarrel", "a");
        clients.consumer("GID_Quarrel", "Quarrel", "b", new CopyOnWriteArrayList<>(), message -> true, consumer -> {
            try {
                consumer.subscribe("QuarrelToo", "*");
            } catch (Exception refused) {
                throw new IllegalStateException(refused);
            }
        });
        soon().untilAsserted(() -> {
            GroupDetail detail = groups.detail("GID_Quarrel");
            assertThat(detail.agreement()).isEqualTo(Agreement.DIFFER);
            assertThat(detail.differences()).hasSize(2);
            assertThat(detail.differences().get(0)).startsWith("Quarrel: ").contains("a=", "b=");
            assertThat(detail.differences().get(1)).startsWith("QuarrelToo: ").contains("not subscribed");
        });
    }

    @Test
    void theBacklogOfAGroupIsCountedAndSoIsItsDelay() throws Exception {
        create("Behind", "GID_Behind");
        clients.consume("GID_Behind", "Behind", "*");
        soon().until(() -> groups.detail("GID_Behind").progress().stream()
                .filter(one -> one.topic().equals("Behind"))
                .anyMatch(one -> one.queues().stream().allMatch(q -> q.consumed() >= 0)));
        clients.close();
        for (int i = 0; i < 10; i++) {
            append(queue, TestQueue.message("Behind", "k" + i, "x"));
        }
        soon().untilAsserted(() -> {
            assertThat(summary("GID_Behind").backlog()).isEqualTo(10);
            assertThat(summary("GID_Behind").members()).isZero();
            assertThat(groups.detail("GID_Behind").progress()).anyMatch(one -> one.delayMillis() > 0);
            Groups.Waiting waiting = groups.waiting("GID_Behind", "Behind");
            assertThat(waiting.backlog()).isEqualTo(10);
            assertThat(waiting.delayMillis()).isPositive();
            assertThat(waiting.online()).isFalse();
        });
        clients.consumer(
                "GID_Behind",
                "Behind",
                "*",
                new CopyOnWriteArrayList<>(),
                message -> true,
                consumer -> consumer.setMessageModel(MessageModel.BROADCASTING));
        soon().untilAsserted(() -> assertThat(groups.waiting("GID_Behind", "Behind"))
                .as("the clients of a broadcasting group keep its progress")
                .isEqualTo(new Groups.Waiting(true, 0, 0)));
    }

    @Test
    void aStoppedGroupGetsNothingUntilItMayAgain() throws Exception {
        create("Valve", "GID_Valve");
        List<MessageExt> received = clients.consume("GID_Valve", "Valve", "*");
        append(queue, "Valve", "first");
        soon().until(() -> received.size() == 1);

        groups.allowConsuming("GID_Valve", false);
        assertThat(summary("GID_Valve").consuming()).isFalse();
        append(queue, "Valve", "held back");
        soon().until(() -> summary("GID_Valve").backlog() == 1);
        assertThat(received).hasSize(1);

        groups.allowConsuming("GID_Valve", true);
        soon().until(() -> received.size() == 2);
    }

    @Test
    void onlineConsumersTakeAResetUp() throws Exception {
        create("Replay", "GID_Replay");
        List<MessageExt> received = clients.consume("GID_Replay", "Replay", "*");
        for (int i = 0; i < 5; i++) {
            append(queue, "Replay", "old " + i);
        }
        soon().until(() -> received.size() == 5);
        long between =
                received.stream().mapToLong(MessageExt::getStoreTimestamp).max().orElseThrow() + 1;
        await().until(() -> System.currentTimeMillis() > between);
        for (int i = 0; i < 5; i++) {
            append(queue, "Replay", "new " + i);
        }
        soon().until(() -> received.size() == 10);

        List<QueueReset> reset = groups.resetToTime("GID_Replay", "Replay", between);
        assertThat(reset).anyMatch(one -> one.after() == one.maxOffset() - 5);
        soon().until(() -> received.size() >= 15);
        assertThat(TestClients.texts(received.subList(10, 15)))
                .containsExactlyInAnyOrder("new 0", "new 1", "new 2", "new 3", "new 4");
        TimeSpan span = groups.resettable("Replay");
        assertThat(span.oldestMillis()).isLessThan(between);
        assertThat(span.newestMillis()).isGreaterThanOrEqualTo(between);
    }

    @Test
    void aGroupThatIsOfflineCanBeMovedToTheEnd() throws Exception {
        create("Skip", "GID_Skip");
        for (int i = 0; i < 8; i++) {
            append(queue, TestQueue.message("Skip", "k" + i, "skipped"));
        }
        soon().until(() -> groups.resetToLatest("GID_Skip", "Skip").stream()
                        .mapToLong(QueueReset::after)
                        .sum()
                == 8);
        assertThat(summary("GID_Skip").backlog()).isZero();

        List<MessageExt> received = clients.consume("GID_Skip", "Skip", "*");
        append(queue, "Skip", "wanted");
        soon().until(() -> !received.isEmpty());
        assertThat(TestClients.texts(received)).containsExactly("wanted");
    }

    @Test
    void aTimeOutsideOfTheTopicIsRefused() throws Exception {
        create("Span", "GID_Span");
        append(queue, "Span", "x");
        soon().until(() -> groups.resettable("Span").newestMillis() > 0);
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(() -> groups.resetToTime("GID_Span", "Span", 1))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("time"));
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(() -> groups.resetToLatest("GID_Nobody", "Span"))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    void oneClientCanBeGivenOneMessageToSeeWhatItMakesOfIt() throws Exception {
        create("Trial", "GID_Trial");
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer =
                clients.consumer("GID_Trial", "Trial", "never", received, message -> false, settings -> {});
        Appended appended = append(queue, "Trial", "what do you make of it?");
        soon().until(() -> !groups.detail("GID_Trial").members().isEmpty());
        Member member = groups.detail("GID_Trial").members().get(0);
        assertThat(member.clientId()).contains(consumer.getInstanceName());
        soon().until(() -> queue.operations()
                .messages()
                .byId("Trial", appended.messageId())
                .isPresent());
        StoredMessage message = queue.operations()
                .messages()
                .byTime("Trial", 0, Long.MAX_VALUE, MessagePage.FIRST, 1)
                .messages()
                .get(0);

        DirectConsumption verdict =
                groups.consumeDirectly("GID_Trial", member.clientId(), "Trial", message.messageId());

        assertThat(verdict.success()).isFalse();
        assertThat(verdict.result()).isEqualTo("LATER");
        assertThat(TestClients.texts(received)).containsExactly("what do you make of it?");
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(() -> groups.consumeDirectly("GID_Trial", "nobody@1", "Trial", message.messageId()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE));
    }
}
