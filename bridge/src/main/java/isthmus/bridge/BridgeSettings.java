package isthmus.bridge;

/**
 * What can be chosen about the bridge.
 *
 * @param requireTag whether a server application's message needs the tag {@code MQ2MQTT} to reach devices, as the older
 *     product demands; false: every message of a parent topic goes to devices, as newer server applications expect
 * @param traces whether a trace begins with the messages of devices
 * @param eventAttempts how often in a row a client event is tried while the log refuses writes; the pause between two
 *     attempts doubles from 0.1 s to 5 s, so that 30 attempts take about two minutes; 1 to 10,000
 */
public record BridgeSettings(boolean requireTag, TraceSettings traces, int eventAttempts) {
    public BridgeSettings {
        if (eventAttempts < 1 || eventAttempts > 10_000) {
            throw new IllegalArgumentException(
                    "bridge.eventAttempts: " + eventAttempts + " (expected: a number from 1 to 10000)");
        }
    }

    public static BridgeSettings defaults() {
        return new BridgeSettings(true, TraceSettings.off(), 30);
    }
}
