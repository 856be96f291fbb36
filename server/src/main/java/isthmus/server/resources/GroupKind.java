package isthmus.server.resources;

/** Whose group it is. */
public enum GroupKind {
    /** Devices. */
    MQTT,
    /** Server applications that consume. */
    CONSUMER,
    /** Server applications that produce. */
    PRODUCER
}
