package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static isthmus.queue.embedded.TestQueue.body;
import static isthmus.queue.embedded.TestQueue.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.Appended;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.TraceContext;
import isthmus.queue.api.admin.DeliveryState;
import isthmus.queue.api.admin.DeliveryState.State;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.MessageTrace;
import isthmus.queue.api.admin.Messages;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.StoredMessage;
import isthmus.queue.api.admin.TestMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking for messages, and what became of them, with real clients. */
@Tag("integration")
class MessageQueryTest {
    private static final String TOPIC = "Orders";
    private static final CountDownLatch HELD = new CountDownLatch(1);

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;
    private static Messages messages;

    private final TestClients clients = new TestClients(queue);

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
        queue.createTopic(TOPIC);
        messages = queue.operations().messages();
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @AfterEach
    void shutdown() {
        clients.close();
    }

    private static Appended appendWithKey(String topic, String key, String body) throws Exception {
        MessageProperties properties =
                MessageProperties.builder().add("KEYS", key).build();
        return append(queue, new QueueMessage(topic, null, null, properties, body(body)));
    }

    @Test
    void aMessageIsFoundByTheIdsOfItsSenderAndByItsPlace() throws Exception {
        Message message = TestClients.message(TOPIC, "paid", "order-1 customer-7", "hello");
        message.putUserProperty("mqttSecondTopic", "/a/b");
        SendResult sent = clients.producer(false).send(message);

        await().until(() -> messages.byId(TOPIC, sent.getMsgId()).isPresent());
        StoredMessage found = messages.byId(TOPIC, sent.getMsgId()).orElseThrow();
        assertThat(found.messageId()).isEqualTo(sent.getMsgId());
        assertThat(found.offsetId()).isEqualTo(sent.getOffsetMsgId());
        assertThat(found.tag()).isEqualTo("paid");
        assertThat(found.keys()).isEqualTo("order-1 customer-7");
        assertThat(found.properties()).containsEntry("mqttSecondTopic", "/a/b");
        assertThat(found.bornHost()).startsWith("127.0.0.1:");
        assertThat(text(found.body())).isEqualTo("hello");
        assertThat(found.toString()).doesNotContain("hello").doesNotContain("/a/b");

        assertThat(messages.byId(TOPIC, sent.getOffsetMsgId())).contains(found);
        assertThat(messages.byOffset(TOPIC, found.queueId(), found.queueOffset()))
                .contains(found);
        assertThat(messages.byKey(TOPIC, "customer-7")).containsExactly(found);
        assertThat(messages.byKey(TOPIC, sent.getMsgId())).isEmpty();
        assertThat(messages.byOffset(TOPIC, found.queueId(), 1_000_000)).isEmpty();
    }

    @Test
    void aCompressedBodyIsShownAsItWasSent() throws Exception {
        String large = "x".repeat(20_000);
        SendResult sent = clients.producer(false).send(TestClients.message(TOPIC, "t", "large", large));
        await().until(() -> messages.byId(TOPIC, sent.getMsgId()).isPresent());
        StoredMessage found = messages.byId(TOPIC, sent.getMsgId()).orElseThrow();
        assertThat(found.size()).isLessThan(10_000);
        assertThat(text(found.body())).isEqualTo(large);
    }

    @Test
    void aPositionThatIsNoRecordsIsNotFound() throws Exception {
        String offsetId = messages.byId(TOPIC, append(queue, TOPIC, "first").messageId())
                .map(StoredMessage::offsetId)
                .orElseGet(() -> awaitOne());
        String inBetween =
                offsetId.substring(0, 16) + String.format("%016X", Long.parseLong(offsetId.substring(16), 16) + 1);
        assertThat(messages.byId(TOPIC, inBetween)).isEmpty();
        assertThat(messages.byId(TOPIC, offsetId.substring(0, 16) + "7FFFFFFFFFFFFFFF"))
                .isEmpty();
        assertThat(messages.byId(TOPIC, "nonsense")).isEmpty();
        assertThat(messages.byId(TOPIC, "ZZ".repeat(16))).isEmpty();
    }

    private static String awaitOne() {
        List<StoredMessage> found = new ArrayList<>();
        await().until(() -> {
            found.addAll(messages.byTime(TOPIC, 0, Long.MAX_VALUE, MessagePage.FIRST, 1)
                    .messages());
            return !found.isEmpty();
        });
        return found.get(0).offsetId();
    }

    @Test
    void aKeyFindsItsNewestMessagesFirst() throws Exception {
        String topic = "ManyOfOneKey";
        queue.createTopic(topic);
        for (int i = 0; i < 70; i++) {
            appendWithKey(topic, "k", "body " + i);
        }
        await().until(() -> {
            List<StoredMessage> found = messages.byKey(topic, "k");
            return found.size() == 64 && text(found.get(0).body()).equals("body 69");
        });
        assertThat(text(messages.byKey(topic, "k").get(63).body())).isEqualTo("body 6");
    }

    @Test
    void pagesHoldEachMessageOfThePeriodOnceInTheOrderOfTheLog() throws Exception {
        String topic = "Paged";
        queue.createTopic(topic);
        append(queue, topic, "before");
        await().until(() -> messages.byTime(topic, 0, Long.MAX_VALUE, MessagePage.FIRST, 10)
                        .messages()
                        .size()
                == 1);
        long before = messages.byTime(topic, 0, Long.MAX_VALUE, MessagePage.FIRST, 10)
                .messages()
                .get(0)
                .storedMillis();
        await().until(() -> System.currentTimeMillis() > before + 2);
        for (int i = 0; i < 25; i++) {
            append(queue, TestQueue.message(topic, "key " + i, "body " + i));
        }
        await().until(() -> messages.byTime(topic, before + 1, Long.MAX_VALUE, MessagePage.FIRST, 100)
                        .messages()
                        .size()
                == 25);

        List<String> bodies = new ArrayList<>();
        int pages = 0;
        OptionalLong cursor = OptionalLong.of(MessagePage.FIRST);
        while (cursor.isPresent()) {
            MessagePage page = messages.byTime(topic, before + 1, Long.MAX_VALUE, cursor.getAsLong(), 10);
            page.messages().forEach(message -> bodies.add(text(message.body())));
            cursor = page.next();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(bodies).hasSize(25);
        for (int i = 0; i < 25; i++) {
            assertThat(bodies.get(i)).isEqualTo("body " + i);
        }
        MessagePage early = messages.byTime(topic, 0, before, MessagePage.FIRST, 1);
        assertThat(early.messages()).hasSize(1);
        assertThat(early.next()).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        refused(() -> messages.byId("NoSuchTopic", "x"), OperationException.Reason.NOT_FOUND, "topic");
        refused(() -> messages.byId("RMQ_SYS_TRANS_HALF_TOPIC", "x"), OperationException.Reason.NOT_FOUND, "topic");
        refused(() -> messages.byOffset(TOPIC, 99, 0), OperationException.Reason.INVALID, "queueId");
        refused(() -> messages.byKey(TOPIC, " "), OperationException.Reason.INVALID, "key");
        refused(() -> messages.byTime(TOPIC, 5, 4, MessagePage.FIRST, 10), OperationException.Reason.INVALID, "to");
        refused(() -> messages.byTime(TOPIC, 0, 4, MessagePage.FIRST, 0), OperationException.Reason.INVALID, "limit");
    }

    private static void refused(Runnable operation, OperationException.Reason reason, String field) {
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(operation::run)
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.field()).isEqualTo(field);
                });
    }

    @Test
    void aTestMessageIsStoredWithTagAndKeyAndTrace() {
        TraceContext trace = new TraceContext("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01", "vendor=1");
        Appended sent = messages.send(new TestMessage(TOPIC, "check", "probe", null, trace, body("works?")));
        await().until(() -> messages.byId(TOPIC, sent.messageId()).isPresent());
        StoredMessage found = messages.byId(TOPIC, sent.messageId()).orElseThrow();
        assertThat(found.tag()).isEqualTo("check");
        assertThat(found.keys()).isEqualTo("probe");
        assertThat(found.properties())
                .containsEntry("traceparent", trace.parent())
                .containsEntry("tracestate", "vendor=1");
        refused(
                () -> messages.send(new TestMessage("NoSuchTopic", null, null, null, null, body("x"))),
                OperationException.Reason.NOT_FOUND,
                "topic");
    }

    @Test
    void eachGroupHasAStateOfItsOwn() throws Exception {
        String topic = "Tracked";
        queue.createTopic(topic);
        for (String group : List.of("GID_All", "GID_Other", "GID_Stuck", "GID_Never")) {
            queue.createGroup(group);
        }
        List<MessageExt> all = clients.consume("GID_All", topic, "*");
        clients.consume("GID_Other", topic, "other");
        clients.consumer("GID_Stuck", topic, "*", new CopyOnWriteArrayList<>(), MessageQueryTest::hold, c -> {});
        Appended appended = append(queue, new QueueMessage(topic, null, "paid", MessageProperties.none(), body("x")));
        await().atMost(Duration.ofSeconds(30)).until(() -> !all.isEmpty());
        StoredMessage message = messages.byId(topic, appended.messageId()).orElseThrow();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(messages.deliveries(message))
                .containsExactly(
                        new DeliveryState("GID_All", State.CONSUMED),
                        new DeliveryState("GID_Other", State.FILTERED),
                        new DeliveryState("GID_Stuck", State.CONSUMING)));
        clients.close();
        HELD.countDown();
        assertThat(messages.deliveries(message)).contains(new DeliveryState("GID_All", State.CONSUMED));
    }

    private static boolean hold(MessageExt message) {
        try {
            return HELD.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            return false;
        }
    }

    @Test
    void aTraceShowsTheWayOfAMessage() throws Exception {
        String topic = "Traced";
        queue.createTopic(topic);
        queue.createGroup("GID_Traced");
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        clients.consumer(
                "GID_Traced", topic, "*", received, message -> message.getReconsumeTimes() > 0, consumer -> {}, true);
        SendResult sent = clients.producer(true).send(TestClients.message(topic, "t", "k", "follow me"));

        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() >= 2);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        messages.trace(topic, sent.getMsgId()).state())
                .isEqualTo(MessageTrace.State.PARTLY_CONSUMED));
        MessageTrace trace = messages.trace(topic, sent.getMsgId());
        assertThat(trace.sent()).singleElement().satisfies(one -> {
            assertThat(one.success()).isTrue();
            assertThat(one.kind()).isEqualTo("NORMAL");
            assertThat(one.topic()).isEqualTo(topic);
            assertThat(one.client()).isEqualTo("127.0.0.1");
        });
        assertThat(trace.received()).hasSize(2).allSatisfy(one -> assertThat(one.group())
                .isEqualTo("GID_Traced"));
        assertThat(trace.received()).extracting(MessageTrace.Received::attempt).containsExactly(0, 1);
        assertThat(messages.trace(topic, "0".repeat(32)).state()).isEqualTo(MessageTrace.State.UNKNOWN);
    }
}
