package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.queue.api.LogRecord;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.junit.jupiter.api.Test;

/** Records as RocketMQ's own encoder writes them. */
class RecordDecoderTest {
    private final RecordDecoder decoder = new RecordDecoder();

    private static MessageExt message(String topic, String body) {
        MessageExt message = new MessageExt();
        message.setTopic(topic);
        message.setBody(body.getBytes(StandardCharsets.UTF_8));
        message.setQueueId(3);
        message.setQueueOffset(77);
        message.setCommitLogOffset(123_456_789_012L);
        message.setBornTimestamp(1_000);
        message.setStoreTimestamp(2_000);
        message.setBornHost(new InetSocketAddress("127.0.0.1", 1));
        message.setStoreHost(new InetSocketAddress("127.0.0.1", 2));
        message.putUserProperty("clientId", "GID@@@1");
        message.setTags("MQ2MQTT");
        return message;
    }

    private static ByteBuffer encode(MessageExt message) throws Exception {
        byte[] record = MessageDecoder.encode(message, false);
        return ByteBuffer.allocate(record.length + 20).put(5, record);
    }

    private LogRecord decode(ByteBuffer log) {
        return decoder.decode(log, 5, new TopicSet(Set.of("Telemetry")));
    }

    private static void assertComplete(LogRecord record, String body) {
        assertThat(record.position()).isEqualTo(123_456_789_012L);
        assertThat(record.topic()).isEqualTo("Telemetry");
        assertThat(record.queueId()).isEqualTo(3);
        assertThat(record.queueOffset()).isEqualTo(77);
        assertThat(record.bornMillis()).isEqualTo(1_000);
        assertThat(record.storedMillis()).isEqualTo(2_000);
        assertThat(record.properties().get("clientId")).isEqualTo("GID@@@1");
        assertThat(record.properties().get("TAGS")).isEqualTo("MQ2MQTT");
        assertThat(TestQueue.text(record.body())).isEqualTo(body);
    }

    @Test
    void anOrdinaryRecordIsDecoded() throws Exception {
        ByteBuffer log = encode(message("Telemetry", "body"));
        assertComplete(decode(log), "body");
        assertThat(decode(log).size()).isEqualTo(log.capacity() - 20);
    }

    @Test
    void anEmptyBodyIsDecoded() throws Exception {
        assertComplete(decode(encode(message("Telemetry", ""))), "");
    }

    @Test
    void hostsWithIpV6AreSteppedOver() throws Exception {
        MessageExt message = message("Telemetry", "six");
        message.setBornHost(new InetSocketAddress("::1", 1));
        message.setBornHostV6Flag();
        assertComplete(decode(encode(message)), "six");
        message.setStoreHost(new InetSocketAddress("::1", 2));
        message.setStoreHostAddressV6Flag();
        assertComplete(decode(encode(message)), "six");
    }

    @Test
    void aRecordOfAnotherTopicIsPassedOver() throws Exception {
        assertThat(decode(encode(message("Other", "x")))).isNull();
    }

    @Test
    void propertiesLongerThanTheFirstBufferAreDecoded() throws Exception {
        MessageExt message = message("Telemetry", "x");
        message.putUserProperty("long", "ü".repeat(10_000));
        assertThat(decode(encode(message)).properties().get("long")).isEqualTo("ü".repeat(10_000));
    }

    @Test
    void aBodyThatOnlyClaimsToBeCompressedIsPassedOver() throws Exception {
        MessageExt message = message("Telemetry", "plain");
        ByteBuffer log = encode(message);
        log.putInt(5 + 36, MessageSysFlag.COMPRESSED_FLAG | MessageSysFlag.COMPRESSION_ZLIB_TYPE);
        assertThat(decode(log)).isNull();
    }
}
