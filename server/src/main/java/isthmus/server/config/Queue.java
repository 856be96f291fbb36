package isthmus.server.config;

/** The durable message log. */
public record Queue(
        @Key(value = "Where the log is: in this process.", unset = "embedded") Mode mode,
        @Key("Apache RocketMQ in this process.") Embedded embedded) {

    /** Where the log is. A RocketMQ cluster of its own is to come. */
    public enum Mode {
        EMBEDDED
    }

    /** When a message counts as stored. */
    public enum Flush {
        /** When it is in the operating system's hands: survives the death of the process, not a power loss. */
        ASYNC,
        /** When it is on the disk. */
        SYNC
    }

    /** Apache RocketMQ in this process. */
    public record Embedded(
            @Key(value = "The address that RocketMQ clients connect to.", unset = "127.0.0.1") String host,
            @Key(value = "The port of the name server.", unset = "9876", max = Port.MAX) int nameServerPort,
            @Key(value = "The port of the broker; the port two below it is taken too.", unset = "10911", max = Port.MAX)
                    int brokerPort,
            @Key(
                            value =
                                    "When a message counts as stored: async, when the operating system has it, or sync, when the disk"
                                            + " has it. Only a power loss tells them apart.",
                            unset = "async")
                    Flush flush,
            @Key(value = "Hours that messages are kept.", unset = "72", min = 1, max = 87_600) int retentionHours) {}
}
