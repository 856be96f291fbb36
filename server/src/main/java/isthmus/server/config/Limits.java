package isthmus.server.config;

/** What one Client may ask for, and what all of them may. */
public record Limits(
        @Key(
                        value =
                                "The largest MQTT packet that is accepted, in bytes. A message of the log takes at most 4 MiB.",
                        unset = "1048576",
                        min = 1024,
                        max = 4_000_000)
                int maxPacketBytes,
        @Key(
                        value = "The longest Keep Alive in seconds; a Client that asks for more is held to this one.",
                        unset = "65535",
                        min = 1,
                        max = 65_535)
                int keepAliveMax,
        @Key(value = "Subscriptions that one Client may hold.", unset = "1000", min = 1, max = 1_000_000)
                int subscriptionsPerClient,
        @Key(value = "The longest Topic Name or Topic Filter in bytes.", unset = "1024", min = 1, max = 65_535)
                int topicBytes,
        @Key(value = "The most levels of a Topic Name or Topic Filter.", unset = "128", min = 1, max = 65_535)
                int topicLevels,
        @Key(value = "Network Connections that are open at one time.", unset = "100000", min = 1, max = 10_000_000)
                int connections,
        @Key(
                        value =
                                "Messages with QoS 1 or 2 that are on their way to one Client and not yet acknowledged.",
                        unset = "1024",
                        min = 1,
                        max = 65_535)
                int inFlightPerClient,
        @Key(
                        value =
                                "Messages that wait in memory for one slow Client. The rest waits in the log, at no cost.",
                        unset = "1000",
                        min = 1,
                        max = 1_000_000)
                int pendingPerClient,
        @Key(
                        value = "Seconds after which a connection that has sent no CONNECT is closed.",
                        unset = "10",
                        min = 1,
                        max = 3600)
                int connectTimeoutSeconds,
        @Key(
                        value = "Days after which the stored session of a Client that stays away is forgotten.",
                        unset = "3",
                        min = 1,
                        max = 3650)
                int sessionExpiryDays,
        @Key(
                        value = "The longest Client Identifier in bytes. MQTT 3.1.1 asks for at least 23.",
                        unset = "256",
                        min = 23,
                        max = 65_535)
                int clientIdBytes) {}
