package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static isthmus.queue.embedded.TestQueue.body;
import static isthmus.queue.embedded.TestQueue.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified Apache client, 5.5.0, against the embedded broker with access control on. */
@Tag("integration")
class RocketMqClientTest {
    private static final String TOPIC = "Telemetry";
    private static final String GROUP = "GID_App";
    private static final QueueAccount ACCOUNT =
            new QueueAccount("ak", "sk-right", Set.of(TOPIC), Set.of(TOPIC), Set.of(GROUP));

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;

    private final RecordingHandler feedHandler = new RecordingHandler();
    private final List<Runnable> shutdowns = new ArrayList<>();
    private LogFeed feed;

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
        queue.createTopic(TOPIC);
        queue.createTopic("Forbidden");
        queue.createGroup(GROUP);
        queue.createGroup("GID_Wrong");
        queue.putAccount(ACCOUNT);
        queue.putAccount(new QueueAccount("all", "sk-all", Set.of("*"), Set.of("*"), Set.of("*")));
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @BeforeEach
    void openFeed() {
        feed = queue.openFeed(queue.endPosition(), feedHandler);
        feed.watch(Set.of(TOPIC, "Forbidden"));
    }

    @AfterEach
    void shutdown() {
        shutdowns.forEach(Runnable::run);
        feed.close();
    }

    private DefaultMQProducer producer(String accessKey, String secretKey) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("PID_" + System.nanoTime(), hook(accessKey, secretKey));
        producer.setRetryTimesWhenSendFailed(0);
        start(producer);
        return producer;
    }

    private void start(DefaultMQProducer producer) throws Exception {
        producer.setNamesrvAddr(queue.nameServerAddress());
        producer.setInstanceName("p" + System.nanoTime());
        producer.start();
        shutdowns.add(producer::shutdown);
    }

    private static AclClientRPCHook hook(String accessKey, String secretKey) {
        return new AclClientRPCHook(new SessionCredentials(accessKey, secretKey));
    }

    private List<MessageExt> consume(String group, String topic, String tags, String accessKey, String secretKey)
            throws Exception {
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group, hook(accessKey, secretKey));
        consumer.setNamesrvAddr(queue.nameServerAddress());
        consumer.setInstanceName("c" + System.nanoTime());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, tags);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            received.addAll(messages);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        shutdowns.add(consumer::shutdown);
        return received;
    }

    private static Message message(String topic, String tag, String text) {
        return new Message(topic, tag, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatAClientSendsReachesTheFeed() throws Exception {
        Message message = message(TOPIC, "MQ2MQTT", "down");
        message.putUserProperty("mqttSecondTopic", "/a/b");
        message.setKeys("k");

        SendResult sent = producer("ak", "sk-right").send(message);

        assertThat(sent.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        await().until(() -> feedHandler.records.size() == 1);
        LogRecord record = feedHandler.records.get(0);
        assertThat(text(record.body())).isEqualTo("down");
        assertThat(record.properties().get("TAGS")).isEqualTo("MQ2MQTT");
        assertThat(record.properties().get("KEYS")).isEqualTo("k");
        assertThat(record.properties().get("mqttSecondTopic")).isEqualTo("/a/b");
        assertThat(record.properties().get("UNIQ_KEY")).isEqualTo(sent.getMsgId());
        assertThat(record.queueOffset()).isEqualTo(sent.getQueueOffset());
    }

    @Test
    void whatIsAppendedReachesAConsumerWithItsTagAndProperties() throws Exception {
        List<MessageExt> received = consume(GROUP, TOPIC, "wanted", "ak", "sk-right");
        MessageProperties properties = MessageProperties.builder()
                .add("mqttSecondTopic", "/a/")
                .add("clientId", "GID_App@@@d1")
                .build();
        append(queue, new QueueMessage(TOPIC, "d1", "other", properties, body("filtered out")));
        String id = append(queue, new QueueMessage(TOPIC, "d1", "wanted", properties, body("for you")))
                .messageId();

        await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
        MessageExt message = received.get(0);
        assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).isEqualTo("for you");
        assertThat(message.getTags()).isEqualTo("wanted");
        assertThat(message.getUserProperty("mqttSecondTopic")).isEqualTo("/a/");
        assertThat(message.getUserProperty("clientId")).isEqualTo("GID_App@@@d1");
        assertThat(message.getMsgId()).isEqualTo(id);
        assertThat(received).hasSize(1);
    }

    @Test
    void anAccountForAllMayConsumeWithAnyGroup() throws Exception {
        List<MessageExt> received = consume("GID_Never_Created", "Forbidden", "*", "all", "sk-all");
        append(queue, TestQueue.message("Forbidden", null, "open to all"));
        await().atMost(Duration.ofSeconds(20)).until(() -> received.stream()
                .anyMatch(message -> new String(message.getBody(), StandardCharsets.UTF_8).equals("open to all")));
    }

    @Test
    void compressedBodiesAreRestored() throws Exception {
        byte[] large = new byte[50_000];
        new Random(7).nextBytes(large);
        System.arraycopy(new byte[25_000], 0, large, 0, 25_000);
        for (CompressionType type : CompressionType.values()) {
            DefaultMQProducer producer = new DefaultMQProducer("PID_" + type, hook("ak", "sk-right"));
            producer.setCompressType(type);
            start(producer);
            producer.send(new Message(TOPIC, large));
        }
        await().until(() -> feedHandler.records.size() == CompressionType.values().length);
        assertThat(feedHandler.records).allSatisfy(record -> {
            assertThat(record.body().array()).isEqualTo(large);
            assertThat(record.size()).isLessThan(large.length);
        });
    }

    @Test
    void aBatchOfAClientArrivesAsItsMessages() throws Exception {
        producer("ak", "sk-right")
                .send(List.of(message(TOPIC, "a", "1"), message(TOPIC, "b", "2"), message(TOPIC, "c", "3")));
        await().until(() -> feedHandler.records.size() == 3);
        assertThat(feedHandler.bodies()).containsExactly("1", "2", "3");
    }

    @Test
    void aDelayedMessageArrivesWhenItIsDue() throws Exception {
        Message message = message(TOPIC, "MQ2MQTT", "later");
        message.setDelayTimeMs(1_000);
        long before = System.currentTimeMillis();
        producer("ak", "sk-right").send(message);
        await().atMost(Duration.ofSeconds(30)).until(() -> feedHandler.bodies().contains("later"));
        assertThat(feedHandler.records.get(0).storedMillis() - before).isGreaterThan(500);
    }

    @Test
    void aTransactionArrivesOnlyWhenCommittedAlsoByACheckBack() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        TransactionMQProducer producer = new TransactionMQProducer("PID_Transactions", hook("ak", "sk-right"));
        producer.setTransactionListener(new TransactionListener() {
            @Override
            public LocalTransactionState executeLocalTransaction(Message message, Object decision) {
                return (LocalTransactionState) decision;
            }

            @Override
            public LocalTransactionState checkLocalTransaction(MessageExt message) {
                checks.incrementAndGet();
                return LocalTransactionState.COMMIT_MESSAGE;
            }
        });
        start(producer);
        producer.sendMessageInTransaction(message(TOPIC, "t", "rolled back"), LocalTransactionState.ROLLBACK_MESSAGE);
        producer.sendMessageInTransaction(message(TOPIC, "t", "committed"), LocalTransactionState.COMMIT_MESSAGE);
        producer.sendMessageInTransaction(message(TOPIC, "t", "checked"), LocalTransactionState.UNKNOW);
        await().until(() -> feedHandler.bodies().contains("committed"));
        assertThat(feedHandler.bodies()).containsExactly("committed");

        await().atMost(Duration.ofSeconds(30)).until(() -> feedHandler.bodies().contains("checked"));
        assertThat(checks.get()).isPositive();
        assertThat(feedHandler.bodies()).containsExactly("committed", "checked");
    }

    @Test
    void aWrongKeyIsRefused() throws Exception {
        assertThatThrownBy(() -> producer("ak", "sk-wrong").send(message(TOPIC, "t", "x")))
                .hasStackTraceContaining("signature");
        assertThatThrownBy(() -> producer("nobody", "sk").send(message(TOPIC, "t", "x")))
                .hasStackTraceContaining("nobody");
        assertThat(feedHandler.records).isEmpty();
    }

    @Test
    void anAccountWithoutPermissionIsRefused() throws Exception {
        DefaultMQProducer producer = producer("ak", "sk-right");
        assertThatThrownBy(() -> producer.send(message("Forbidden", "t", "x")))
                .hasStackTraceContaining("no permission")
                .hasMessageContaining("Forbidden");
        assertThatThrownBy(() -> producer.send(message("NoSuchTopic", "t", "x")))
                .hasMessageContaining("NoSuchTopic");
    }

    @Test
    void aConsumerWithoutPermissionReceivesNothing() throws Exception {
        List<MessageExt> wrongGroup = consume("GID_Wrong", TOPIC, "*", "ak", "sk-right");
        List<MessageExt> right = consume(GROUP, TOPIC, "*", "ak", "sk-right");
        append(queue, TestQueue.message(TOPIC, "same queue", "for the permitted group"));
        await().atMost(Duration.ofSeconds(20)).until(() -> !right.isEmpty());
        assertThat(wrongGroup).isEmpty();
    }

    @Test
    void changedPermissionsHoldAtOnceAndReplaceTheOldOnes() throws Exception {
        queue.putAccount(new QueueAccount("changing", "s1", Set.of(TOPIC), Set.of(), Set.of()));
        DefaultMQProducer producer = producer("changing", "s1");
        producer.send(message(TOPIC, "t", "allowed"));

        queue.putAccount(new QueueAccount("changing", "s1", Set.of("Forbidden"), Set.of(), Set.of()));
        assertThatThrownBy(() -> producer.send(message(TOPIC, "t", "x"))).hasStackTraceContaining("no permission");
        producer.send(message("Forbidden", "t", "allowed now"));

        queue.putAccount(new QueueAccount("changing", "s2", Set.of("Forbidden"), Set.of(), Set.of()));
        assertThatThrownBy(() -> producer.send(message("Forbidden", "t", "x"))).hasStackTraceContaining("signature");
        producer("changing", "s2").send(message("Forbidden", "t", "with the new key"));

        queue.removeAccount("changing");
        assertThatThrownBy(() -> producer("changing", "s2").send(message("Forbidden", "t", "x")))
                .hasStackTraceContaining("changing");
        await().until(() -> feedHandler.records.size() == 3);
        assertThat(feedHandler.bodies()).containsExactly("allowed", "allowed now", "with the new key");
    }

    @Test
    void theBrokersOwnAccountCannotBeTaken() {
        assertThatThrownBy(() -> queue.putAccount(
                        new QueueAccount(InnerCredentials.ACCESS_KEY, "s", Set.of(), Set.of(), Set.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.removeAccount(InnerCredentials.ACCESS_KEY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.putAccount(new QueueAccount("ak2", " ", Set.of(), Set.of(), Set.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ak2");
    }
}
