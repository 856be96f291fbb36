package isthmus.gateway.codec;

/**
 * The control characters U+0000..U+001F and U+007F..U+009F. Section 1.5.3 lets a receiver close the connection for
 * them; we do, in names: U+0001 and U+0002 separate the properties of a stored message, and the rest deceives a reader
 * of logs.
 */
final class ControlCharacters {
    private ControlCharacters() {}

    /** The index of the first one, or -1. */
    static int firstIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Such as {@code U+0001}. */
    static String name(char c) {
        return String.format("U+%04X", (int) c);
    }
}
