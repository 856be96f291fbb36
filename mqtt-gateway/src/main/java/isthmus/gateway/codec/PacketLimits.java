package isthmus.gateway.codec;

import isthmus.gateway.limits.Limit;

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
        requirePositive(Limit.PACKET_BYTES.setting(), packetBytes);
        requirePositive("longest CONNECT", connectBytes);
        requirePositive(Limit.TOPIC_BYTES.setting(), topicBytes);
        requirePositive(Limit.TOPIC_LEVELS.setting(), topicLevels);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
