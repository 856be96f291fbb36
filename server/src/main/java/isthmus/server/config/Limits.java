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
        @Key(
                        value = "The longest Will Message in bytes; a CONNECT with a longer one is refused.",
                        unset = "65535",
                        min = 0,
                        max = 65_535)
                int willBytes,
        @Key(
                        value =
                                "Bytes of memory for the Wills of all Clients. When they are used up, a CONNECT with a Will is answered"
                                        + " with return code 3.",
                        unset = "67108864",
                        min = 65_536)
                int allWillsBytes,
        @Key(value = "Network Connections that are open at one time.", unset = "100000", min = 1, max = 10_000_000)
                int connections,
        @Key(
                        value =
                                "Network Connections that are open at one time from one address (of IPv6: from one network of 64"
                                        + " bits). 0 is any number: many devices may be behind one address.",
                        unset = "0",
                        max = 10_000_000)
                int connectionsPerAddress,
        @Key(
                        value =
                                "Network Connections that are accepted in one second, all listeners together. Further ones are closed"
                                        + " at once, before they cost anything; a device tries again.",
                        unset = "10000",
                        min = 1,
                        max = 1_000_000)
                int connectRate,
        @Key(
                        value =
                                "Network Connections that are accepted in one second from one address (of IPv6: from one network of"
                                        + " 64 bits). 0 is any number.",
                        unset = "0",
                        max = 1_000_000)
                int connectRatePerAddress,
        @Key(
                        value =
                                "Network Connections that have not sent their CONNECT yet, at one time. When there are more, those that"
                                        + " have been open the longest are closed.",
                        unset = "10000",
                        min = 1,
                        max = 10_000_000)
                int connecting,
        @Key(
                        value =
                                "Sessions that are stored (Clean Session 0) at one time. When there are more, CONNECT is answered with"
                                        + " return code 3.",
                        unset = "200000",
                        min = 1,
                        max = 10_000_000)
                int storedSessions,
        @Key(
                        value =
                                "Subscriptions of all Clients together. When there are more, SUBSCRIBE is answered with 0x80.",
                        unset = "1000000",
                        min = 1,
                        max = 100_000_000)
                int subscriptions,
        @Key(
                        value =
                                "Retained messages. When there are more, a device that publishes one for a topic without one is"
                                        + " disconnected. Server applications are not held to it.",
                        unset = "1000000",
                        min = 1,
                        max = 100_000_000)
                int retainedMessages,
        @Key(
                        value =
                                "Clients for whom P2P messages are kept while they are away, and those with a stored session. When there"
                                        + " are more, a device that publishes one that is to be kept for a further Client is disconnected."
                                        + " Server applications are not held to it.",
                        unset = "1000000",
                        min = 1,
                        max = 100_000_000)
                int inboxes,
        @Key(
                        value =
                                "Bytes of memory for packets whose end has not come, and again as many for messages that the log has"
                                        + " not stored yet. When the former are used up, the connection that has been in the middle of a"
                                        + " packet the longest is closed; with the latter, publishers are not read until there is room.",
                        unset = "67108864",
                        min = 1_048_576)
                int incomingBytes,
        @Key(
                        value =
                                "Bytes of memory for messages that slow Clients do not take. When they are used up, the Client that has"
                                        + " kept messages waiting the longest is disconnected. What it was not sent stays in the log.",
                        unset = "134217728",
                        min = 1_048_576)
                int waitingBytes,
        @Key(
                        value =
                                "Seconds after which a Client is disconnected that takes nothing of what is sent to it.",
                        unset = "60",
                        min = 1,
                        max = 86_400)
                int stalledSeconds,
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
                int clientIdBytes,
        @Key(
                        value =
                                "Parent topics that there may be before mqtt.parentTopics: any makes no further ones. Each takes up"
                                        + " to 16 open files.",
                        unset = "500",
                        min = 1,
                        max = 100_000)
                int parentTopics) {}
