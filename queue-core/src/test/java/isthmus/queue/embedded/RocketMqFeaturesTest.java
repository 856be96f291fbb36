package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.rocketmq.broker.schedule.ScheduleMessageService;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents promise to users of the RocketMQ client, beside what {@link RocketMqClientTest} shows. */
@Tag("integration")
class RocketMqFeaturesTest {
    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;

    private final TestClients clients = new TestClients(queue);
    private final List<Runnable> shutdowns = new ArrayList<>();

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @AfterEach
    void shutdown() {
        shutdowns.forEach(Runnable::run);
        clients.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }

    @Test
    void orderedMessagesKeepTheOrderOfTheirQueueAlsoWhenOneFails() throws Exception {
        queue.createTopic("InOrder");
        queue.createGroup("GID_InOrder");
        DefaultMQProducer producer = clients.producer(false);
        for (int i = 0; i < 10; i++) {
            for (String key : List.of("a", "b", "c")) {
                producer.send(
                        TestClients.message("InOrder", "t", key, key + i),
                        (queues, message, argument) -> queues.get(Math.floorMod(argument.hashCode(), queues.size())),
                        key);
            }
        }
        List<String> received = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("GID_InOrder", TestClients.hook());
        consumer.setNamesrvAddr(queue.nameServerAddress());
        consumer.setInstanceName("c" + System.nanoTime());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe("InOrder", "*");
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            String text = new String(messages.get(0).getBody(), StandardCharsets.UTF_8);
            if (text.equals("a3") && failures.incrementAndGet() < 3) {
                context.setSuspendCurrentQueueTimeMillis(100);
                return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
            }
            received.add(text);
            return ConsumeOrderlyStatus.SUCCESS;
        });
        consumer.start();
        shutdowns.add(consumer::shutdown);

        soon().until(() -> received.size() == 30);
        for (String key : List.of("a", "b", "c")) {
            assertThat(received.stream().filter(text -> text.startsWith(key)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10).mapToObj(i -> key + i).toList());
        }
        assertThat(failures.get()).isEqualTo(3);
    }

    /** A property is text, which is compared with a number as a number; what is none is not selected. */
    @Test
    void anSqlExpressionSelectsAlsoWhatIsDeliveredAgain() throws Exception {
        queue.createTopic("Selected");
        queue.createGroup("GID_Selected");
        DefaultMQProducer producer = clients.producer(false);
        for (String degrees : List.of("9", "21.5", "hot", "30")) {
            Message message = TestClients.message("Selected", "t", degrees, degrees);
            message.putUserProperty("degrees", degrees);
            message.putUserProperty("room", "kitchen");
            producer.send(message);
        }
        producer.send(TestClients.message("Selected", "t", "none", "none"));
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("GID_Selected", TestClients.hook());
        consumer.setNamesrvAddr(queue.nameServerAddress());
        consumer.setInstanceName("c" + System.nanoTime());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe("Selected", MessageSelector.bySql("degrees > 10.0 AND room CONTAINS 'tch' AND TAGS = 't'"));
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            received.addAll(messages);
            context.setDelayLevelWhenNextConsume(1);
            return messages.get(0).getReconsumeTimes() == 0
                    ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                    : ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        shutdowns.add(consumer::shutdown);

        soon().until(() -> received.size() == 4);
        assertThat(TestClients.texts(received)).containsExactlyInAnyOrder("21.5", "30", "21.5", "30");
    }

    @Test
    void clusteringSharesMessagesAndBroadcastingRepeatsThem() throws Exception {
        queue.createTopic("Spread");
        queue.createGroup("GID_Shared");
        queue.createGroup("GID_Repeated");
        List<List<MessageExt>> shared = new ArrayList<>();
        List<List<MessageExt>> repeated = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            shared.add(clients.consume("GID_Shared", "Spread", "*"));
            List<MessageExt> all = new CopyOnWriteArrayList<>();
            clients.consumer(
                    "GID_Repeated",
                    "Spread",
                    "*",
                    all,
                    message -> true,
                    consumer -> consumer.setMessageModel(MessageModel.BROADCASTING));
            repeated.add(all);
        }
        DefaultMQProducer producer = clients.producer(false);
        for (int i = 0; i < 16; i++) {
            producer.send(TestClients.message("Spread", "t", "k", "m" + i));
        }
        List<String> sent = IntStream.range(0, 16).mapToObj(i -> "m" + i).toList();
        soon().untilAsserted(() -> {
            assertThat(TestClients.texts(repeated.get(0))).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(TestClients.texts(repeated.get(1))).containsExactlyInAnyOrderElementsOf(sent);
            List<String> together = new ArrayList<>(TestClients.texts(shared.get(0)));
            together.addAll(TestClients.texts(shared.get(1)));
            assertThat(together).containsAll(sent);
        });
    }

    /** Who does not choose a level gets that of two more than the number of failures, and the last one from then on. */
    @Test
    void failedMessagesWaitForTheTimesOfTheDocuments() {
        ScheduleMessageService delays = queue.node().broker().getScheduleMessageService();
        assertThat(IntStream.rangeClosed(1, 16)
                        .mapToLong(failure -> delays.computeDeliverTimestamp(failure + 2, 0) / 1000))
                .containsExactly(
                        10L, 30L, 60L, 120L, 180L, 240L, 300L, 360L, 420L, 480L, 540L, 600L, 1200L, 1800L, 3600L,
                        7200L);
        assertThat(delays.getMaxDelayLevel()).isEqualTo(18);
    }

    @Test
    void delaysGoByLevelsAndUpToFortyDays() throws Exception {
        queue.createTopic("Levels");
        queue.createGroup("GID_Levels");
        List<MessageExt> received = clients.consume("GID_Levels", "Levels", "*");
        Message message = TestClients.message("Levels", "t", "k", "a second later");
        message.setDelayTimeLevel(1);
        long sent = System.currentTimeMillis();
        DefaultMQProducer producer = clients.producer(false);
        producer.send(message);
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0).getStoreTimestamp() - sent).isGreaterThanOrEqualTo(900);

        Message allowed = TestClients.message("Levels", "t", "k", "forty days");
        allowed.setDelayTimeSec(Duration.ofDays(40).toSeconds());
        producer.send(allowed);
        Message tooLate = TestClients.message("Levels", "t", "k", "forty-one days");
        tooLate.setDelayTimeSec(Duration.ofDays(41).toSeconds());
        assertThatThrownBy(() -> producer.send(tooLate)).hasMessageContaining("delay");
    }
}
