package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static isthmus.queue.embedded.TestQueue.body;
import static isthmus.queue.embedded.TestQueue.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.aliyun.openservices.ons.api.Action;
import com.aliyun.openservices.ons.api.Consumer;
import com.aliyun.openservices.ons.api.Message;
import com.aliyun.openservices.ons.api.ONSFactory;
import com.aliyun.openservices.ons.api.Producer;
import com.aliyun.openservices.ons.api.PropertyKeyConst;
import com.aliyun.openservices.ons.api.SendResult;
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
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified ons-client 1.8.8.8, {@code ONSFactory} and {@code PropertyKeyConst}, against the embedded broker. */
@Tag("integration")
class OnsClientTest {
    private static final String TOPIC = "Telemetry";
    private static final String GROUP = "GID_Ons";

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;

    private final List<Runnable> shutdowns = new ArrayList<>();

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
        queue.createTopic(TOPIC);
        queue.createTopic("Forbidden");
        queue.createGroup(GROUP);
        queue.putAccount(new QueueAccount("ak", "sk-right", Set.of(TOPIC), Set.of(TOPIC), Set.of(GROUP)));
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @AfterEach
    void shutdown() {
        shutdowns.forEach(Runnable::run);
    }

    private static Properties properties(String secretKey) {
        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.NAMESRV_ADDR, queue.nameServerAddress());
        properties.setProperty(PropertyKeyConst.AccessKey, "ak");
        properties.setProperty(PropertyKeyConst.SecretKey, secretKey);
        properties.setProperty(PropertyKeyConst.GROUP_ID, GROUP);
        properties.setProperty(PropertyKeyConst.InstanceName, "i" + System.nanoTime());
        return properties;
    }

    private Producer producer(String secretKey) {
        Producer producer = ONSFactory.createProducer(properties(secretKey));
        producer.start();
        shutdowns.add(producer::shutdown);
        return producer;
    }

    @Test
    void whatItSendsReachesTheFeed() {
        RecordingHandler handler = new RecordingHandler();
        LogFeed feed = queue.openFeed(queue.endPosition(), handler);
        shutdowns.add(feed::close);
        feed.watch(Set.of(TOPIC));
        Message message = new Message(TOPIC, "MQ2MQTT", "down".getBytes(StandardCharsets.UTF_8));
        message.putUserProperties("mqttSecondTopic", "/a/b");
        message.setKey("k");

        SendResult sent = producer("sk-right").send(message);

        await().until(() -> handler.records.size() == 1);
        LogRecord record = handler.records.get(0);
        assertThat(text(record.body())).isEqualTo("down");
        assertThat(record.properties().get("TAGS")).isEqualTo("MQ2MQTT");
        assertThat(record.properties().get("mqttSecondTopic")).isEqualTo("/a/b");
        assertThat(record.properties().get("KEYS")).isEqualTo("k");
        assertThat(record.properties().get("UNIQ_KEY")).isEqualTo(sent.getMessageId());
    }

    @Test
    void whatIsAppendedReachesItsConsumerWithItsTagAndProperties() throws Exception {
        List<Message> received = new CopyOnWriteArrayList<>();
        Consumer consumer = ONSFactory.createConsumer(properties("sk-right"));
        consumer.subscribe(TOPIC, "wanted", (message, context) -> {
            received.add(message);
            return Action.CommitMessage;
        });
        consumer.start();
        shutdowns.add(consumer::shutdown);
        MessageProperties properties =
                MessageProperties.builder().add("mqttSecondTopic", "/a/").build();

        // A new group begins at the end of the topic, which it finds out some time after its start.
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    append(queue, new QueueMessage(TOPIC, null, "other", properties, body("filtered out")));
                    append(queue, new QueueMessage(TOPIC, null, "wanted", properties, body("for you")));
                    return !received.isEmpty();
                });
        assertThat(received).allSatisfy(message -> {
            assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).isEqualTo("for you");
            assertThat(message.getTag()).isEqualTo("wanted");
            assertThat(message.getUserProperties("mqttSecondTopic")).isEqualTo("/a/");
        });
    }

    @Test
    void aWrongKeyIsRefused() {
        Message message = new Message(TOPIC, "t", "x".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> producer("sk-wrong").send(message)).hasMessageContaining("signature");
    }

    @Test
    void anAccountWithoutPermissionIsRefused() {
        Message message = new Message("Forbidden", "t", "x".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> producer("sk-right").send(message)).hasMessageContaining("no permission");
    }
}
