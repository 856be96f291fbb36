package isthmus.queue.embedded.admin;

import isthmus.queue.api.Body;
import isthmus.queue.api.admin.StoredMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.SelectMappedBufferResult;
import org.jspecify.annotations.Nullable;

/** Reads whole messages out of the log, copying them. Any thread that may touch the disk. */
final class StoredMessages {
    private final MessageStore store;
    private final LogAccess log;

    StoredMessages(MessageStore store, LogAccess log) {
        this.store = store;
        this.log = log;
    }

    /** As {@link #at}, for a position and a size that the store itself named. */
    Optional<StoredMessage> at(long position, int size) {
        MessageExt raw = raw(position, size);
        return raw == null ? Optional.empty() : Optional.of(message(raw));
    }

    /** For a position that somebody claims to be one. */
    Optional<StoredMessage> atClaimed(long position) {
        try {
            return log.read(position).flatMap(record -> at(record.position(), record.size()));
        } catch (IllegalArgumentException noRecordThere) {
            return Optional.empty();
        }
    }

    /** The message as RocketMQ has it, with its body as it is stored; null when retention has removed it. */
    @Nullable
    MessageExt raw(long position, int size) {
        return slice(position, size, record -> MessageDecoder.decode(record, true, false));
    }

    /** The record's bytes as they are stored; null when retention has removed it. */
    byte @Nullable [] bytes(long position, int size) {
        return slice(position, size, record -> {
            byte[] bytes = new byte[record.remaining()];
            record.get(bytes);
            return bytes;
        });
    }

    private <T> @Nullable T slice(long position, int size, Function<ByteBuffer, T> copy) {
        SelectMappedBufferResult slice = store.selectOneMessageByOffset(position, size);
        if (slice == null) {
            return null;
        }
        try {
            // For position 0 RocketMQ returns the first record it still has, whichever that is.
            return slice.getStartOffset() == position ? copy.apply(slice.getByteBuffer()) : null;
        } finally {
            slice.release();
        }
    }

    StoredMessage message(MessageExt raw) {
        String offsetId = raw.getMsgId();
        String unique = raw.getProperty(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX);
        return new StoredMessage(
                unique == null ? offsetId : unique,
                offsetId,
                raw.getTopic(),
                raw.getQueueId(),
                raw.getQueueOffset(),
                raw.getCommitLogOffset(),
                raw.getStoreSize(),
                raw.getBornTimestamp(),
                address(raw.getBornHost()),
                raw.getStoreTimestamp(),
                address(raw.getStoreHost()),
                raw.getReconsumeTimes(),
                raw.getBodyCRC(),
                raw.getTags(),
                raw.getKeys(),
                Collections.unmodifiableMap(new TreeMap<>(raw.getProperties())),
                body(raw));
    }

    private Body body(MessageExt raw) {
        byte[] stored = raw.getBody();
        if (stored == null) {
            return Body.wrap(new byte[0]);
        }
        if ((raw.getSysFlag() & MessageSysFlag.COMPRESSED_FLAG) == 0) {
            return Body.wrap(stored);
        }
        try {
            return Body.wrap(log.decompress(stored, raw.getSysFlag()));
        } catch (IOException damaged) {
            return Body.wrap(new byte[0]);
        }
    }

    private static String address(SocketAddress host) {
        return host instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(host);
    }
}
