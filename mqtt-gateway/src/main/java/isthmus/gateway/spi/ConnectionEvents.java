package isthmus.gateway.spi;

/** Receives the events of connections, in order per Client. */
public interface ConnectionEvents {
    /** Never blocks and never fails: what goes wrong is logged. Called on event loops. */
    void publish(ConnectionEvent event);
}
