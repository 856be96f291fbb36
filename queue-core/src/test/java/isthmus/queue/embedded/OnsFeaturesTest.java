package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.aliyun.openservices.ons.api.Action;
import com.aliyun.openservices.ons.api.Consumer;
import com.aliyun.openservices.ons.api.Message;
import com.aliyun.openservices.ons.api.MessageListener;
import com.aliyun.openservices.ons.api.ONSFactory;
import com.aliyun.openservices.ons.api.Producer;
import com.aliyun.openservices.ons.api.PropertyKeyConst;
import com.aliyun.openservices.ons.api.PropertyValueConst;
import com.aliyun.openservices.ons.api.SendResult;
import com.aliyun.openservices.ons.api.order.OrderAction;
import com.aliyun.openservices.ons.api.order.OrderConsumer;
import com.aliyun.openservices.ons.api.order.OrderProducer;
import com.aliyun.openservices.ons.api.transaction.TransactionProducer;
import com.aliyun.openservices.ons.api.transaction.TransactionStatus;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.MessageTrace;
import isthmus.queue.api.admin.QueueOperations;
import isthmus.queue.api.admin.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents promise to users of the ons-client, 1.8.8.8, with an account that may do no more than it must. */
@Tag("integration")
class OnsFeaturesTest {
    private static final String TOPIC = "Trade";
    private static final String GROUP = "GID_Trade";

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;
    private static QueueOperations operations;

    private final List<Runnable> shutdowns = new ArrayList<>();

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
        operations = queue.operations();
        queue.putAccount(new QueueAccount("ak", "sk", Set.of("*"), Set.of("*"), Set.of("*")));
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @AfterEach
    void shutdown() {
        shutdowns.forEach(Runnable::run);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    /** An account for one topic and one group, as an application has it. */
    private static Properties properties(String topic, String group) {
        queue.createTopic(topic);
        queue.createGroup(group);
        queue.putAccount(new QueueAccount("ak-" + topic, "sk", Set.of(topic), Set.of(topic), Set.of(group)));
        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.NAMESRV_ADDR, queue.nameServerAddress());
        properties.setProperty(PropertyKeyConst.AccessKey, "ak-" + topic);
        properties.setProperty(PropertyKeyConst.SecretKey, "sk");
        properties.setProperty(PropertyKeyConst.GROUP_ID, group);
        properties.setProperty(PropertyKeyConst.InstanceName, "i" + System.nanoTime());
        return properties;
    }

    private Producer producer(String topic, String group) {
        Producer producer = ONSFactory.createProducer(properties(topic, group));
        producer.start();
        shutdowns.add(producer::shutdown);
        return producer;
    }

    private void consume(Properties properties, String topic, String tags, MessageListener listener) {
        Consumer consumer = ONSFactory.createConsumer(properties);
        consumer.subscribe(topic, tags, listener);
        consumer.start();
        shutdowns.add(consumer::shutdown);
    }

    private static Message message(String topic, String tag, String text) {
        return new Message(topic, tag, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Message message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    private static List<String> stored(String topic) {
        return operations.messages().byTime(topic, 0, Long.MAX_VALUE, MessagePage.FIRST, 500).messages().stream()
                .map(message -> TestQueue.text(message.body()))
                .toList();
    }

    @Test
    void aTimedMessageIsDeliveredWhenItIsDueAndNotMoreThanFortyDaysAhead() {
        Producer producer = producer("Timed", "GID_Timed");
        long due = System.currentTimeMillis() + 3_000;
        Message later = message("Timed", "t", "later");
        later.setStartDeliverTime(due);
        SendResult sent = producer.send(later);
        Message past = message("Timed", "t", "past");
        past.setStartDeliverTime(System.currentTimeMillis() - 60_000);
        producer.send(past);

        soon().until(() -> stored("Timed").contains("past"));
        if (System.currentTimeMillis() < due - 500) {
            assertThat(stored("Timed")).containsExactly("past");
            assertThat(operations.messages().byId("Timed", sent.getMessageId())).isEmpty();
        }
        soon().until(() -> stored("Timed").contains("later"));
        StoredMessage delivered =
                operations.messages().byId("Timed", sent.getMessageId()).orElseThrow();
        assertThat(delivered.storedMillis()).isBetween(due - 100, due + 5_000);
        Message tooLate = message("Timed", "t", "never");
        tooLate.setStartDeliverTime(
                System.currentTimeMillis() + Duration.ofDays(41).toMillis());
        assertThatThrownBy(() -> producer.send(tooLate)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void orderedMessagesKeepTheOrderOfTheirShardingKeyAlsoWhenOneFails() {
        OrderProducer producer = ONSFactory.createOrderProducer(properties("Ordered", "GID_Ordered"));
        producer.start();
        shutdowns.add(producer::shutdown);
        List<String> received = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        Properties consuming = properties("Ordered", "GID_Ordered");
        consuming.setProperty(PropertyKeyConst.SuspendTimeMillis, "100");
        OrderConsumer consumer = ONSFactory.createOrderedConsumer(consuming);
        consumer.subscribe("Ordered", "*", (message, context) -> {
            if (text(message).equals("a3") && failures.incrementAndGet() < 3) {
                return OrderAction.Suspend;
            }
            received.add(text(message));
            return OrderAction.Success;
        });
        for (int i = 0; i < 10; i++) {
            for (String key : List.of("a", "b", "c")) {
                producer.send(message("Ordered", "t", key + i), key);
            }
        }
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

    @Test
    void aTransactionIsDeliveredWhenCommittedNeverWhenRolledBackAndCheckedWhenUnknown() {
        AtomicInteger checks = new AtomicInteger();
        TransactionProducer producer =
                ONSFactory.createTransactionProducer(properties("Transactions", "GID_Transactions"), message -> {
                    checks.incrementAndGet();
                    return text(message).equals("rollback")
                            ? TransactionStatus.RollbackTransaction
                            : TransactionStatus.CommitTransaction;
                });
        producer.start();
        shutdowns.add(producer::shutdown);
        producer.send(transaction("commit"), (half, argument) -> TransactionStatus.CommitTransaction, null);
        assertThatThrownBy(() -> producer.send(
                        transaction("rollback"), (half, argument) -> TransactionStatus.RollbackTransaction, null))
                .hasMessageContaining("rollback");
        producer.send(transaction("unknown"), (half, argument) -> TransactionStatus.Unknow, null);
        soon().until(() -> stored("Transactions").contains("commit"));
        assertThat(stored("Transactions")).containsExactly("commit");
        soon().until(() -> stored("Transactions").contains("unknown"));
        assertThat(checks.get()).isPositive();
        // One that has an immunity may be asked for although it is decided, and come twice.
        assertThat(stored("Transactions")).contains("commit").doesNotContain("rollback");
    }

    private static Message transaction(String text) {
        Message message = message("Transactions", "t", text);
        message.putUserProperties(PropertyKeyConst.CheckImmunityTimeInSeconds, "3");
        return message;
    }

    @Test
    void aFailedMessageIsRetriedAndThenADeadLetterThatCanBeResent() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        Properties consuming = properties("Retried", "GID_Retried");
        consuming.setProperty(PropertyKeyConst.MaxReconsumeTimes, "1");
        consume(consuming, "Retried", "*", (message, context) -> {
            attempts.add(message.getReconsumeTimes());
            return Action.ReconsumeLater;
        });
        SendResult sent = producer("Retried", "GID_Retried").send(message("Retried", "t", "broken"));

        soon().until(() -> operations
                .deadLetters()
                .byId("GID_Retried", sent.getMessageId())
                .isPresent());
        assertThat(attempts).containsExactly(0, 1);
        operations.deadLetters().resend("GID_Retried", sent.getMessageId());
        soon().until(() -> attempts.size() == 3);
        assertThat(attempts.get(2)).isZero();
    }

    @Test
    void clusteringSharesMessagesAndBroadcastingRepeatsThem() {
        Producer producer = producer(TOPIC, GROUP);
        List<List<String>> shared = List.of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        List<List<String>> repeated = List.of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        queue.createGroup("GID_Broadcast");
        for (int i = 0; i < 2; i++) {
            List<String> one = shared.get(i);
            consume(operator(GROUP), TOPIC, "*", (message, context) -> {
                one.add(text(message));
                return Action.CommitMessage;
            });
            List<String> other = repeated.get(i);
            Properties broadcasting = operator("GID_Broadcast");
            broadcasting.setProperty(PropertyKeyConst.MessageModel, PropertyValueConst.BROADCASTING);
            consume(broadcasting, TOPIC, "*", (message, context) -> {
                other.add(text(message));
                return Action.CommitMessage;
            });
        }
        // A broadcasting consumer begins at the end, which it finds out some time after its start.
        AtomicInteger sent = new AtomicInteger();
        soon().pollInterval(Duration.ofMillis(300)).until(() -> {
            producer.send(message(TOPIC, "t", "probe " + sent.incrementAndGet()));
            return repeated.stream().noneMatch(List::isEmpty) && shared.stream().noneMatch(List::isEmpty);
        });
        for (int i = 0; i < 20; i++) {
            producer.send(message(TOPIC, "t", "m" + i));
        }
        List<String> all = IntStream.range(0, 20).mapToObj(i -> "m" + i).toList();
        soon().untilAsserted(() -> {
            assertThat(repeated.get(0)).containsAll(all);
            assertThat(repeated.get(1)).containsAll(all);
            List<String> together = new ArrayList<>(shared.get(0));
            together.addAll(shared.get(1));
            assertThat(together).containsAll(all);
        });
        List<String> together = new ArrayList<>(shared.get(0));
        together.addAll(shared.get(1));
        assertThat(together).doesNotHaveDuplicates();
        assertThat(operations.groups().detail("GID_Broadcast").model().name()).isEqualTo("BROADCASTING");
    }

    private static Properties operator(String group) {
        Properties properties = properties(TOPIC, GROUP);
        properties.setProperty(PropertyKeyConst.AccessKey, "ak");
        properties.setProperty(PropertyKeyConst.GROUP_ID, group);
        return properties;
    }

    @Test
    void anOnlineConsumerTakesUpAReset() {
        List<String> received = new CopyOnWriteArrayList<>();
        Properties consuming = properties("Rewound", "GID_Rewound");
        Producer producer = producer("Rewound", "GID_Rewound");
        consume(consuming, "Rewound", "*", (message, context) -> {
            received.add(text(message));
            return Action.CommitMessage;
        });
        soon().pollInterval(Duration.ofMillis(500)).until(() -> {
            producer.send(message("Rewound", "t", "again"));
            return !received.isEmpty();
        });
        soon().until(() -> operations.groups().detail("GID_Rewound").summary().backlog() == 0);
        int before = received.size();
        operations
                .groups()
                .resetToTime(
                        "GID_Rewound",
                        "Rewound",
                        operations.groups().resettable("Rewound").oldestMillis());
        soon().until(() -> received.size() >= 2 * before);
    }

    @Test
    void tagsAreFilteredByTheBroker() {
        Properties consuming = properties("Tagged", "GID_Tagged");
        List<String> received = new CopyOnWriteArrayList<>();
        consume(consuming, "Tagged", "order||pay", (message, context) -> {
            received.add(message.getTag() + " " + text(message));
            return Action.CommitMessage;
        });
        Producer producer = producer("Tagged", "GID_Tagged");
        soon().pollInterval(Duration.ofMillis(300)).until(() -> {
            producer.send(message("Tagged", "logistics", "no"));
            producer.send(message("Tagged", "order", "yes"));
            producer.send(message("Tagged", "pay", "yes"));
            return received.contains("order yes") && received.contains("pay yes");
        });
        assertThat(received).isNotEmpty().allMatch(text -> text.endsWith(" yes"));
    }

    @Test
    void itsTracesAreShown(@TempDir Path home) throws Exception {
        properties("OnsTraced", "GID_OnsTraced");
        Path output = home.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnsExchange.class.getName(),
                        queue.nameServerAddress(),
                        "ak-OnsTraced",
                        "sk",
                        "OnsTraced",
                        "GID_OnsTraced")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        shutdowns.add(process::destroyForcibly);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        String id = Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("RECEIVED="))
                .map(line -> line.substring("RECEIVED=".length()))
                .findFirst()
                .orElseThrow();
        soon().untilAsserted(() -> assertThat(
                        operations.messages().trace("OnsTraced", id).state())
                .isEqualTo(MessageTrace.State.CONSUMED));
        MessageTrace trace = operations.messages().trace("OnsTraced", id);
        assertThat(trace.sent()).singleElement().satisfies(one -> assertThat(one.success())
                .isTrue());
        assertThat(trace.received()).singleElement().satisfies(one -> assertThat(one.group())
                .isEqualTo("GID_OnsTraced"));
    }
}
