package isthmus.bridge;

/**
 * Whether the messages of devices, which can send no trace context themselves, are given one.
 *
 * @param enabled whether each of them begins a trace
 * @param sampledOneIn of so many of these traces one is marked as sampled; 0: none
 */
public record TraceSettings(boolean enabled, int sampledOneIn) {
    public TraceSettings {
        if (sampledOneIn < 0) {
            throw new IllegalArgumentException(
                    "bridge.traceSampledOneIn: " + sampledOneIn + " (expected: 0 or a positive number)");
        }
    }

    public static TraceSettings off() {
        return new TraceSettings(false, 1);
    }
}
