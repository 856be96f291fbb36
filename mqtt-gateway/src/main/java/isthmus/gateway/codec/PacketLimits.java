package isthmus.gateway.codec;

/**
 * What a packet may look like beyond the rules of MQTT.
 *
 * @param packetBytes longest packet, with its fixed header
 * @param connectBytes longest CONNECT, with its fixed header: a stranger may make the Server hold so much
 * @param topicBytes longest Topic Name or Filter, in bytes of UTF-8
 * @param topicLevels most levels of a Topic Name or Filter
 */
public record PacketLimits(int packetBytes, int connectBytes, int topicBytes, int topicLevels) {
    public PacketLimits {
        requirePositive("mqtt.limits.maxPacketBytes", packetBytes);
        requirePositive("longest CONNECT", connectBytes);
        requirePositive("mqtt.limits.topicBytes", topicBytes);
        requirePositive("mqtt.limits.topicLevels", topicLevels);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
