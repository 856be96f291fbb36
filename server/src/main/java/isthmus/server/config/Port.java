package isthmus.server.config;

/**
 * The TCP port of a listener.
 *
 * @param number 1..65535; 0 lets the system choose a free one; -1 means that the listener is off
 * @param chosen whether a person wrote it; only a default may be replaced by another when it cannot be had
 */
public record Port(int number, boolean chosen) {
    static final int MAX = 65_535;
    private static final int OFF = -1;

    public Port {
        if (number < OFF || number > MAX) {
            throw new IllegalArgumentException("port " + number + " (expected: 0.." + MAX + " or off)");
        }
    }

    /** A port that a person asked for. */
    public static Port chosen(int number) {
        return new Port(number, true);
    }

    /** A listener that a person switched off. */
    public static Port off() {
        return new Port(OFF, true);
    }

    public boolean isOff() {
        return number == OFF;
    }

    /** As it stands in the file. */
    @Override
    public String toString() {
        return isOff() ? "off" : Integer.toString(number);
    }
}
