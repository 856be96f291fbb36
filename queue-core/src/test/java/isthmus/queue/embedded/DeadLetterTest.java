package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.admin.DeadLetters;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.ResendJob;
import isthmus.queue.api.admin.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.MessageExt;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters that a real consumer made by failing. */
@Tag("integration")
class DeadLetterTest {
    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;
    private static DeadLetters letters;

    private final TestClients clients = new TestClients(queue);
    private final List<MessageExt> received = new CopyOnWriteArrayList<>();
    private final AtomicBoolean works = new AtomicBoolean();

    @BeforeAll
    static void start() {
        queue = TestQueue.startIn(directory);
        letters = queue.operations().deadLetters();
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

    /** Sends messages to a consumer that fails, and waits until all are dead letters. */
    private List<SendResult> die(String topic, String group, int count) throws Exception {
        queue.createTopic(topic);
        queue.createGroup(group);
        clients.consumer(
                group, topic, "*", received, message -> works.get(), consumer -> consumer.setMaxReconsumeTimes(0));
        DefaultMQProducer producer = clients.producer(false);
        List<SendResult> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(producer.send(TestClients.message(topic, "t", "key-" + i, "a \"body\", " + i)));
        }
        soon().until(() -> all(group).size() == count);
        return sent;
    }

    private static List<StoredMessage> all(String group) {
        return letters.query(group, 0, Long.MAX_VALUE, MessagePage.FIRST, 100).messages();
    }

    @Test
    void aDeadLetterIsFoundByTheIdItAlwaysHad() throws Exception {
        SendResult sent = die("Fragile", "GID_Fragile", 1).get(0);
        soon().until(() -> letters.byId("GID_Fragile", sent.getMsgId()).isPresent());
        StoredMessage letter = letters.byId("GID_Fragile", sent.getMsgId()).orElseThrow();
        assertThat(text(letter.body())).isEqualTo("a \"body\", 0");
        assertThat(letter.topic()).isEqualTo("%DLQ%GID_Fragile");
        assertThat(letter.reconsumeTimes()).isEqualTo(1);
        assertThat(letters.byId("GID_Fragile", letter.offsetId())).contains(letter);
        assertThat(letters.byId("GID_Fragile", sent.getOffsetMsgId())).isEmpty();
    }

    @Test
    void theExportHasTheNineDocumentedFields() throws Exception {
        SendResult sent = die("Exported", "GID_Exported", 2).get(0);
        StringBuilder csv = new StringBuilder();

        long written = letters.export("GID_Exported", 0, Long.MAX_VALUE, csv);

        assertThat(written).isEqualTo(2);
        List<String> lines = csv.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .isEqualTo("topic,msgId,bornHost,bornTimestamp,storeTimestamp,reconsumeTimes,properties,body,bodyCRC");
        List<String> fields = parse(lines.stream()
                .filter(line -> line.contains(sent.getMsgId()))
                .findFirst()
                .orElseThrow());
        StoredMessage letter = letters.byId("GID_Exported", sent.getMsgId()).orElseThrow();
        assertThat(fields).hasSize(9);
        assertThat(fields.subList(0, 6))
                .containsExactly(
                        "Exported",
                        sent.getMsgId(),
                        letter.bornHost(),
                        Long.toString(letter.bornMillis()),
                        Long.toString(letter.storedMillis()),
                        "1");
        assertThat(fields.get(6))
                .startsWith("{\"")
                .contains("\"KEYS\":\"key-0\"")
                .endsWith("\"}");
        assertThat(new String(Base64.getDecoder().decode(fields.get(7)), StandardCharsets.UTF_8))
                .isEqualTo("a \"body\", 0");
        assertThat(fields.get(8)).isEqualTo(Integer.toString(letter.bodyCrc()));

        StringBuilder chosen = new StringBuilder();
        assertThat(letters.export("GID_Exported", List.of(sent.getMsgId()), chosen))
                .isEqualTo(1);
        assertThat(chosen.toString().lines().toList().get(1)).isIn(lines);
        StringBuilder nothing = new StringBuilder();
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(() -> letters.export("GID_Exported", List.of(sent.getMsgId(), "other"), nothing));
        assertThat(nothing).isEmpty();
    }

    /** Splits a line of which only the properties are quoted. */
    private static List<String> parse(String line) {
        int open = line.indexOf(",\"");
        int close = line.lastIndexOf("\",");
        List<String> fields =
                new ArrayList<>(Arrays.asList(line.substring(0, open).split(",")));
        fields.add(line.substring(open + 2, close).replace("\"\"", "\""));
        fields.addAll(Arrays.asList(line.substring(close + 2).split(",")));
        return fields;
    }

    @Test
    void aDeadLetterThatIsResentReachesItsGroupAgainAndStays() throws Exception {
        SendResult sent = die("Second", "GID_Second", 1).get(0);
        List<MessageExt> others = clients.consume("GID_Bystander", "Second", "*");
        soon().until(() -> others.size() == 1);
        works.set(true);

        letters.resend("GID_Second", sent.getMsgId());

        soon().until(() -> received.size() == 2);
        MessageExt again = received.get(1);
        assertThat(again.getTopic()).isEqualTo("Second");
        assertThat(again.getMsgId()).isEqualTo(sent.getMsgId());
        assertThat(again.getKeys()).isEqualTo("key-0");
        assertThat(again.getReconsumeTimes()).isZero();
        assertThat(all("GID_Second")).hasSize(1);
        assertThat(others).hasSize(1);
    }

    @Test
    void manyAreResentByAJobThatTellsItsProgress() throws Exception {
        List<SendResult> sent = die("Crowd", "GID_Crowd", 30);
        works.set(true);
        received.clear();

        ResendJob job = letters.resendAll("GID_Crowd", 0, Long.MAX_VALUE);

        soon().untilAsserted(() -> assertThat(letters.job(job.jobId()))
                .contains(new ResendJob(job.jobId(), "GID_Crowd", ResendJob.State.DONE, 30, 30, "")));
        soon().until(() -> received.size() == 30);

        List<String> chosen =
                sent.subList(0, 5).stream().map(SendResult::getMsgId).toList();
        ResendJob second = letters.resendAll("GID_Crowd", chosen);
        assertThat(second.total()).isEqualTo(5);
        soon().until(() -> received.size() == 35);
        assertThat(received.subList(30, 35)).extracting(MessageExt::getMsgId).containsAll(chosen);
    }

    @Test
    void whatDoesNotExistIsRefused() {
        queue.createGroup("GID_Healthy");
        assertThat(all("GID_Healthy")).isEmpty();
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(() -> letters.resend("GID_Healthy", "nothing"))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(() -> all("GID_Unheard"))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("group"));
        assertThatExceptionOfType(OperationException.class).isThrownBy(() -> letters.cancel("no job"));
        assertThat(letters.job("no job")).isEmpty();
    }
}
