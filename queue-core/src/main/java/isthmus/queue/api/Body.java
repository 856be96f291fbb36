package isthmus.queue.api;

import java.util.Arrays;

/** The bytes of a message. Wraps without copying: whoever hands an array over does not change it afterwards. */
public final class Body {
    private static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Body wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Body(bytes);
    }

    /** The bytes themselves, not a copy; read only. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length only: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
