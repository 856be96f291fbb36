package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.DispatchRequest;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records as RocketMQ's own encoder writes them, read by its commit log and by ours. */
class LeanCommitLogTest {
    @TempDir
    static Path directory;

    private static DefaultMessageStore store;
    private static CommitLog original;

    @BeforeAll
    static void create() throws Exception {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(directory.toString());
        config.setStorePathCommitLog(directory.resolve("commitlog").toString());
        store = new DefaultMessageStore(config, null, null, new BrokerConfig(), new ConcurrentHashMap<>());
        original = store.getCommitLog();
        LeanCommitLog.install(store);
    }

    @AfterAll
    static void close() {
        store.shutdown();
    }

    static Stream<Arguments> records() {
        return Stream.of(
                record("of a device", m -> {}),
                record("with a tag", m -> m.setTags("MQ2MQTT")),
                record("with keys", m -> m.setKeys("a b")),
                record("with an empty body", m -> m.setBody(new byte[0])),
                record("of another alphabet", m -> m.putUserProperty("设备", "设备一")),
                record("with several tags", m -> {
                    m.setTags("a || b");
                    m.setSysFlag(MessageSysFlag.MULTI_TAGS_FLAG);
                }),
                record("prepared", m -> {
                    m.setSysFlag(MessageSysFlag.TRANSACTION_PREPARED_TYPE);
                    m.setPreparedTransactionOffset(4711);
                }),
                record("from IPv6", m -> {
                    m.setBornHost(new InetSocketAddress("::1", 1));
                    m.setBornHostV6Flag();
                }),
                record("delayed by level", m -> {
                    m.setTopic(TopicValidator.RMQ_SYS_SCHEDULE_TOPIC);
                    m.setDelayTimeLevel(1);
                }),
                record("of a batch", m -> {
                    MessageAccessor.putProperty(m, MessageConst.PROPERTY_INNER_NUM, "3");
                    MessageAccessor.putProperty(m, MessageConst.PROPERTY_INNER_BASE, "77");
                }),
                record("without properties", m -> m.getProperties().clear()));
    }

    private static Arguments record(String what, Consumer<MessageExt> change) {
        MessageExt message = new MessageExt();
        message.setTopic("Telemetry");
        message.setBody("body".getBytes(StandardCharsets.UTF_8));
        message.setQueueId(3);
        message.setQueueOffset(77);
        message.setCommitLogOffset(123_456_789_012L);
        message.setBornTimestamp(1_000);
        message.setStoreTimestamp(2_000);
        message.setBornHost(new InetSocketAddress("127.0.0.1", 1));
        message.setStoreHost(new InetSocketAddress("127.0.0.1", 2));
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, "7F0000010001");
        message.putUserProperty("clientId", "GID@@@1");
        change.accept(message);
        return Arguments.of(what, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void dispatchesWhatRocketMqWould(String what, MessageExt message) throws Exception {
        byte[] record = MessageDecoder.encode(message, false);
        ByteBuffer log =
                ByteBuffer.allocate(2 * record.length).put(record).put(record).flip();
        ByteBuffer same = log.duplicate();

        DispatchRequest lean = store.checkMessageAndReturnSize(log, false, false, false);
        DispatchRequest expected = original.checkMessageAndReturnSize(same, false, false, false);

        assertThat(expected.isSuccess()).isTrue();
        assertThat(lean).usingRecursiveComparison().isEqualTo(expected);
        assertThat(log.position()).isEqualTo(same.position()).isEqualTo(record.length);
    }

    /** Each byte before the text of the properties, all lengths among them. */
    @Test
    void ofADamagedRecordItMakesWhatRocketMqWould() throws Exception {
        MessageExt message = (MessageExt) records().toList().get(0).get()[1];
        byte[] record = MessageDecoder.encode(message, false);
        int properties = RecordDecoder.propertiesAt(ByteBuffer.wrap(record), 0);
        for (int at = 0; at < properties; at++) {
            byte[] damaged = record.clone();
            damaged[at] ^= 0x55;
            ByteBuffer log = ByteBuffer.wrap(damaged);
            ByteBuffer same = log.duplicate();
            DispatchRequest lean = store.checkMessageAndReturnSize(log, false, false, false);
            DispatchRequest expected = original.checkMessageAndReturnSize(same, false, false, false);
            assertThat(lean).as("byte %d", at).usingRecursiveComparison().isEqualTo(expected);
        }
    }
}
