package isthmus.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys of all tables. A name in a key is UTF-8 and ends with a zero byte, which no MQTT string contains (MQTT-1.5.3-2),
 * so that no name is the beginning of another; numbers are big endian, so that keys sort like them.
 */
final class Keys {
    /** The fields of a session that change on their own. */
    enum SessionField {
        CREATED(0),
        LEFT(1),
        CURSOR(2);

        private final byte code;

        SessionField(int code) {
            this.code = (byte) code;
        }

        boolean isOf(byte[] key) {
            return key[key.length - 1] == code;
        }
    }

    static final byte[] VERSION = name("version");
    static final byte[] OPENINGS = name("openings");
    static final byte[] FEED_POSITION = name("feed position");
    static final byte[] EVENT_INDEX = name("event index");

    private Keys() {}

    static byte[] session(String clientId, SessionField field) {
        return named(clientId, new byte[] {field.code});
    }

    static byte[] subscription(String clientId, String filter) {
        return named(clientId, filter.getBytes(UTF_8));
    }

    static byte[] packet(String clientId, int packetId) {
        return named(clientId, new byte[] {(byte) (packetId >>> 8), (byte) packetId});
    }

    static int packetId(byte[] key) {
        return Byte.toUnsignedInt(key[key.length - 2]) << 8 | Byte.toUnsignedInt(key[key.length - 1]);
    }

    static byte[] channel(String clientId, String channelId) {
        return named(clientId, channelId.getBytes(UTF_8));
    }

    static byte[] record(String kind, String name) {
        return named(kind, name.getBytes(UTF_8));
    }

    /** Where the keys with this name begin. */
    static byte[] name(String name) {
        return named(name, Values.NONE);
    }

    /** Where the keys with this name have ended. */
    static byte[] afterName(String name) {
        byte[] key = name(name);
        key[key.length - 1] = 1;
        return key;
    }

    private static byte[] named(String name, byte[] rest) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A name in the session store may not contain U+0000");
        }
        byte[] utf8 = name.getBytes(UTF_8);
        byte[] key = Arrays.copyOf(utf8, utf8.length + 1 + rest.length);
        System.arraycopy(rest, 0, key, utf8.length + 1, rest.length);
        return key;
    }

    /** The name that a key begins with. */
    static String nameOf(byte[] key) {
        return new String(key, 0, endOfName(key), UTF_8);
    }

    /** What follows the name: a filter, a channel, or the name of a record. */
    static String restOf(byte[] key) {
        int start = endOfName(key) + 1;
        return new String(key, start, key.length - start, UTF_8);
    }

    /** The smallest key after this one. */
    static byte[] following(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static int endOfName(byte[] key) {
        int end = 0;
        while (key[end] != 0) {
            end++;
        }
        return end;
    }

    static byte[] filter(int filterId) {
        return ByteBuffer.allocate(4).putInt(positive(filterId)).array();
    }

    /** Also where the entries of a filter begin, with position 0, and have ended, with the next filter's position 0. */
    static byte[] index(int filterId, long position) {
        return ByteBuffer.allocate(12)
                .putInt(positive(filterId))
                .putLong(positive(position))
                .array();
    }

    /** Where the entries of a filter have ended. */
    static byte[] afterIndex(int filterId) {
        return ByteBuffer.allocate(12).putInt(positive(filterId) + 1).array();
    }

    static int filterId(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong(4);
    }

    private static int positive(int filterId) {
        return (int) positive((long) filterId);
    }

    private static long positive(long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    number + " is not a number of a filter or a position (expected: 0 or more)");
        }
        return number;
    }

    static byte[] topic(String topic) {
        return topic.getBytes(UTF_8);
    }
}
