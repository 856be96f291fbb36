package isthmus.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoredSession.InFlight;
import isthmus.gateway.spi.StoredSession.StoredSubscription;
import java.nio.ByteBuffer;

/** The values of all tables, with fixed places for numbers (big endian) and the one variable part at the end. */
final class Values {
    static final byte[] NONE = {};

    /** Appended to the value of an in-flight message when PUBREC came, which saves reading it first. */
    static final byte[] RELEASED = {1};

    private static final int IN_FLIGHT_BYTES = 8 + 8 + 1;

    private Values() {}

    static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    static byte[] subscription(QoS qos, long since) {
        return ByteBuffer.allocate(9).put((byte) qos.level()).putLong(since).array();
    }

    static StoredSubscription subscription(String filter, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return new StoredSubscription(filter, QoS.of(buffer.get()), buffer.getLong());
    }

    /** @param order grows with every in-flight message that is stored */
    static byte[] inFlight(long order, long position, QoS qos) {
        return ByteBuffer.allocate(IN_FLIGHT_BYTES)
                .putLong(order)
                .putLong(position)
                .put((byte) qos.level())
                .array();
    }

    /** Whether there is a message at all, and not only the mark that one was released. */
    static boolean isInFlight(byte[] value) {
        return value.length >= IN_FLIGHT_BYTES;
    }

    static long inFlightOrder(byte[] value) {
        return number(value);
    }

    static InFlight inFlight(int packetId, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value, 8, value.length - 8);
        return new InFlight(packetId, buffer.getLong(), QoS.of(buffer.get()), buffer.hasRemaining());
    }

    /** Position, QoS, length of the topic that receivers see (-1: the same), that topic, payload. */
    static byte[] retained(LoggedMessage message) {
        boolean same = message.topicSeen().equals(message.topic());
        byte[] seen = same ? NONE : text(message.topicSeen());
        return ByteBuffer.allocate(8 + 1 + 4 + seen.length + message.payload().length())
                .putLong(message.position())
                .put((byte) message.qos().level())
                .putInt(same ? -1 : seen.length)
                .put(seen)
                .put(message.payload().array())
                .array();
    }

    static LoggedMessage retained(String topic, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        long position = buffer.getLong();
        QoS qos = QoS.of(buffer.get());
        int seenLength = buffer.getInt();
        String seen = seenLength < 0 ? topic : text(take(buffer, seenLength));
        Payload payload = Payload.wrap(take(buffer, buffer.remaining()));
        return new LoggedMessage(position, topic, seen, payload, qos, true, null, false);
    }

    /** Clean Session, QoS, RETAIN, length of the account, account, length of the topic, topic, payload. */
    static byte[] will(KeptWill will) {
        PublishedMessage message = will.message();
        byte[] account = text(will.account());
        byte[] topic = text(message.topic());
        return ByteBuffer.allocate(3
                        + 4
                        + account.length
                        + 4
                        + topic.length
                        + message.payload().length())
                .put((byte) (message.cleanSession() ? 1 : 0))
                .put((byte) message.qos().level())
                .put((byte) (message.retain() ? 1 : 0))
                .putInt(account.length)
                .put(account)
                .putInt(topic.length)
                .put(topic)
                .put(message.payload().array())
                .array();
    }

    static KeptWill will(byte[] key, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        boolean cleanSession = buffer.get() == 1;
        QoS qos = QoS.of(buffer.get());
        boolean retain = buffer.get() == 1;
        String account = text(take(buffer, buffer.getInt()));
        String topic = text(take(buffer, buffer.getInt()));
        Payload payload = Payload.wrap(take(buffer, buffer.remaining()));
        return new KeptWill(
                Keys.restOf(key),
                account,
                new PublishedMessage(Keys.nameOf(key), cleanSession, topic, payload, qos, retain));
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
