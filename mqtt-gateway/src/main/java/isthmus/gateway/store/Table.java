package isthmus.gateway.store;

/** The tables of the store, each a column family of RocksDB. {@link Keys} and {@link Values} say what is in them. */
enum Table {
    /** Format version, number of openings, feed position, last event index. RocksDB insists on a family of the name "default". */
    META("default"),
    /** (client, field) → number. */
    SESSIONS("sessions"),
    /** (client, filter) → QoS, since. */
    SUBSCRIPTIONS("subscriptions"),
    /** (client, packet id) → order, position, QoS, whether released. */
    IN_FLIGHT("inflight"),
    /** (client, packet id) of QoS 2 messages that are received and not released. */
    RECEIVED("received"),
    /** filter number → filter. */
    FILTERS("filters"),
    /** (filter number, position): the backlog index. */
    INDEX("index"),
    /** topic → retained message. */
    RETAINED("retained"),
    /** (client, channel) → address, of connections whose end the log does not tell. */
    OPEN("open"),
    /** (client, channel) → account, flags, topic, payload of the Will. */
    WILLS("wills"),
    /** (kind, name) → bytes that are not the gateway's. */
    RECORDS("records");

    private final String family;

    Table(String family) {
        this.family = family;
    }

    String family() {
        return family;
    }
}
