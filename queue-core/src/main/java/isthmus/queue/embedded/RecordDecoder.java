package isthmus.queue.embedded;

import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes stored records by hand, four times cheaper than RocketMQ's own decoder, which builds a map of all properties.
 * Everything is copied: nothing refers to the log's memory afterwards. Used by one thread at a time.
 *
 * <p>The stored form (big endian), where a host takes 8 bytes, or 20 for IPv6:
 *
 * <pre>
 *  0 size(4)      4 magic(4)        8 bodyCrc(4)       12 queueId(4)   16 flag(4)   20 queueOffset(8)
 * 28 position(8) 36 sysFlag(4)     40 bornMillis(8)    48 bornHost
 *    storedMillis(8) storedHost reconsumeTimes(4) preparedOffset(8)
 *    bodyLength(4) body  topicLength(1, or 2 with magic V2) topic  propertiesLength(2) properties
 * </pre>
 */
final class RecordDecoder {
    static final int SIZE = 0;
    static final int MAGIC = 4;
    static final int POSITION = 28;
    private static final int QUEUE_ID = 12;
    private static final int QUEUE_OFFSET = 20;
    private static final int SYS_FLAG = 36;
    private static final int BORN_MILLIS = 40;
    private static final int BORN_HOST = 48;
    /** The shortest record: IPv4 hosts, no body, no topic, no properties. */
    static final int MIN_SIZE = 48 + 8 + 8 + 8 + 4 + 8 + 4 + 1 + 2;

    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private byte[] scratch = new byte[1024];

    static boolean isRecordMagic(int magic) {
        return magic == MessageDecoder.MESSAGE_MAGIC_CODE || magic == MessageDecoder.MESSAGE_MAGIC_CODE_V2;
    }

    /** Whether a whole record has its place here, by its size and magic. */
    static boolean isRecord(ByteBuffer log, int at) {
        if (at > log.limit() - MIN_SIZE || !isRecordMagic(log.getInt(at + MAGIC))) {
            return false;
        }
        int size = log.getInt(at + SIZE);
        return size >= MIN_SIZE && size <= log.limit() - at;
    }

    /** Where the properties of a record begin; behind its end when it has none, or is no record. */
    static int propertiesAt(ByteBuffer log, int at) {
        int end = at + log.getInt(at + SIZE);
        int bodyLengthAt = bodyLengthAt(at, log.getInt(at + SYS_FLAG));
        long topicAt = bodyLengthAt + 4L + log.getInt(bodyLengthAt);
        if (topicAt < bodyLengthAt || topicAt + 4 > end) {
            return end;
        }
        boolean isLong = log.getInt(at + MAGIC) == MessageDecoder.MESSAGE_MAGIC_CODE_V2;
        int topic = isLong ? 2 + (log.getShort((int) topicAt) & 0xFFFF) : 1 + (log.get((int) topicAt) & 0xFF);
        return (int) topicAt + topic + 2;
    }

    private static int storedMillisAt(int at, int sysFlag) {
        return at + BORN_HOST + hostBytes(sysFlag, MessageSysFlag.BORNHOST_V6_FLAG);
    }

    private static int bodyLengthAt(int at, int sysFlag) {
        return storedMillisAt(at, sysFlag) + 8 + hostBytes(sysFlag, MessageSysFlag.STOREHOSTADDRESS_V6_FLAG) + 4 + 8;
    }

    /** All of a record but its body and who sent it. */
    record Envelope(
            String topic,
            int queueId,
            long queueOffset,
            long position,
            int size,
            int sysFlag,
            long storedMillis,
            long preparedOffset,
            MessageProperties properties) {}

    /**
     * @param at where the record begins in {@code log}; size and magic have been checked
     * @return null when it has no properties, or its lengths do not make up its size
     */
    @Nullable
    Envelope envelope(ByteBuffer log, int at) {
        int size = log.getInt(at + SIZE);
        int propertiesAt = propertiesAt(log, at) - 2;
        if (propertiesAt > at + size - 2 || log.getShort(propertiesAt) <= 0) {
            return null;
        }
        if (propertiesAt + 2 + log.getShort(propertiesAt) != at + size) {
            return null;
        }
        int sysFlag = log.getInt(at + SYS_FLAG);
        int bodyLengthAt = bodyLengthAt(at, sysFlag);
        int topicAt = bodyLengthAt + 4 + log.getInt(bodyLengthAt);
        topicAt += log.getInt(at + MAGIC) == MessageDecoder.MESSAGE_MAGIC_CODE_V2 ? 2 : 1;
        return new Envelope(
                text(log, topicAt, propertiesAt - topicAt),
                log.getInt(at + QUEUE_ID),
                log.getLong(at + QUEUE_OFFSET),
                log.getLong(at + POSITION),
                size,
                sysFlag,
                log.getLong(storedMillisAt(at, sysFlag)),
                log.getLong(bodyLengthAt - 8),
                properties(log, propertiesAt));
    }

    /**
     * @param at where the record begins in {@code log}; size, magic and position have been checked
     * @return the record, or null when it is not wanted, or its body claims to be compressed and is not
     */
    @Nullable
    LogRecord decode(ByteBuffer log, int at, TopicMatch wanted) {
        int sysFlag = log.getInt(at + SYS_FLAG);
        int storedMillis = storedMillisAt(at, sysFlag);
        int bodyLengthAt = bodyLengthAt(at, sysFlag);
        int bodyLength = log.getInt(bodyLengthAt);
        int topicAt = bodyLengthAt + 4 + bodyLength;
        int topicLength;
        if (log.getInt(at + MAGIC) == MessageDecoder.MESSAGE_MAGIC_CODE_V2) {
            topicLength = log.getShort(topicAt) & 0xFFFF;
            topicAt += 2;
        } else {
            topicLength = log.get(topicAt) & 0xFF;
            topicAt += 1;
        }
        String topic = wanted.match(log, topicAt, topicLength);
        if (topic == null) {
            return null;
        }
        long position = log.getLong(at + POSITION);
        Body body = body(log, bodyLengthAt + 4, bodyLength, sysFlag, position, topic);
        if (body == null) {
            return null;
        }
        return new LogRecord(
                position,
                log.getInt(at + SIZE),
                topic,
                log.getInt(at + QUEUE_ID),
                log.getLong(at + QUEUE_OFFSET),
                log.getLong(at + BORN_MILLIS),
                log.getLong(storedMillis),
                properties(log, topicAt + topicLength),
                body);
    }

    private static int hostBytes(int sysFlag, int v6Flag) {
        return (sysFlag & v6Flag) == 0 ? 8 : 20;
    }

    private MessageProperties properties(ByteBuffer log, int at) {
        return MessageProperties.ofStored(text(log, at + 2, log.getShort(at) & 0xFFFF));
    }

    private String text(ByteBuffer log, int at, int length) {
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        log.get(at, scratch, 0, length);
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }

    private static @Nullable Body body(ByteBuffer log, int at, int length, int sysFlag, long position, String topic) {
        byte[] stored = new byte[length];
        log.get(at, stored);
        if ((sysFlag & MessageSysFlag.COMPRESSED_FLAG) == 0) {
            return Body.wrap(stored);
        }
        try {
            return Body.wrap(Decompression.decompress(stored, sysFlag));
        } catch (IOException damaged) {
            LOG.warn(
                    "A record is passed over: position {}, topic {}: its sender marked the body as compressed, but {}",
                    position,
                    topic,
                    damaged.getMessage());
            return null;
        }
    }
}
