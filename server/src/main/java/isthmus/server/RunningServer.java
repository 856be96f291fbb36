package isthmus.server;

/** A server that accepts connections. */
public interface RunningServer extends AutoCloseable {
    /** What a person needs to use it: addresses, account, files. Several lines; no secret. */
    String readyMessage();

    /** Stops accepting, then stops everything in the order in which nothing acknowledged is lost. Blocks for seconds. */
    @Override
    void close();
}
