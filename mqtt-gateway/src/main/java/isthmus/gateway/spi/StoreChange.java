package isthmus.gateway.spi;

/** One change of the session store. Several are written together or not at all. */
public sealed interface StoreChange {
    /** A stored session (Clean Session 0) exists from now on. It is to receive what follows {@code cursor}. */
    record SessionOpened(String clientId, long createdMillis, long cursor) implements StoreChange {}

    /** The session is gone, with its subscriptions, its in-flight messages and its received identifiers. */
    record SessionRemoved(String clientId) implements StoreChange {}

    /**
     * The connection of a stored session ended; its expiry counts from here.
     *
     * @param leftMillis milliseconds since the epoch; 0 when the Client is back
     */
    record SessionLeft(String clientId, long leftMillis) implements StoreChange {}

    /** Everything up to and including this position has been taken into the in-flight window, or did not match. */
    record CursorMoved(String clientId, long position) implements StoreChange {}

    /** A subscription, new or replaced. Messages after {@code since} belong to it. */
    record Subscribed(String clientId, String filter, QoS qos, long since) implements StoreChange {}

    record Unsubscribed(String clientId, String filter) implements StoreChange {}

    /** An outgoing message has its Packet Identifier and is unacknowledged (section 4.4). */
    record InFlightAdded(String clientId, int packetId, long position, QoS qos) implements StoreChange {}

    /** PUBREC came: the message is the receiver's, PUBCOMP is owed (section 4.3.3). */
    record InFlightReleased(String clientId, int packetId) implements StoreChange {}

    /** PUBACK or PUBCOMP came. */
    record InFlightDone(String clientId, int packetId) implements StoreChange {}

    /**
     * The QoS 2 message at {@code position} was received with this Packet Identifier and is not yet released (section
     * 4.3.3). Written together with the {@link FeedMoved} that passes the message.
     */
    record ReceivedAdded(String clientId, int packetId, long position) implements StoreChange {}

    /** PUBREL came. */
    record ReceivedDone(String clientId, int packetId) implements StoreChange {}

    /** A filter that some stored session holds at QoS 1 or 2, or an inbox, has its number in the backlog index. */
    record FilterAdded(int filterId, String filter) implements StoreChange {}

    /** Nobody holds the filter any more: its number and all its index entries go. */
    record FilterRemoved(int filterId) implements StoreChange {}

    /** The message at {@code position} waits for the holders of the filter. */
    record Indexed(int filterId, long position) implements StoreChange {}

    /** The one entry is no longer needed. */
    record IndexEntryRemoved(int filterId, long position) implements StoreChange {}

    /**
     * No entry of the filter before {@code before} is needed any longer. Costs tens of microseconds: for many messages at
     * once, not for each.
     */
    record IndexTrimmed(int filterId, long before) implements StoreChange {}

    /** The retained message of its topic, new or replaced. */
    record RetainedSet(LoggedMessage message) implements StoreChange {}

    record RetainedCleared(String topic) implements StoreChange {}

    /**
     * The log tells that a connection has begun. Written, as is its end, together with the {@link FeedMoved} that passes the
     * event.
     */
    record ConnectionOpened(OpenConnection connection) implements StoreChange {}

    /** The log tells that a connection has ended. */
    record ConnectionEnded(String clientId, String channelId) implements StoreChange {}

    /** No client event before had an index greater than this. */
    record EventIndexMoved(long eventIndex) implements StoreChange {}

    /** The Will of a connection that is about to be accepted. */
    record WillKept(KeptWill will) implements StoreChange {}

    /** The Will is in the log, or is not to be published. */
    record WillDone(String clientId, String channelId) implements StoreChange {}

    /** Everything before {@code next} has been indexed; the feed resumes there. */
    record FeedMoved(long next) implements StoreChange {}
}
