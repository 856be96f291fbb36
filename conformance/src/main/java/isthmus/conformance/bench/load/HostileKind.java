package isthmus.conformance.bench.load;

import java.io.IOException;

/** Clients of one kind that do no good. They live on the thread of {@link HostileClients}, which gives them their turns. */
interface HostileKind extends AutoCloseable {
    /**
     * What they do every {@value HostileClients#TURN_MILLIS} ms.
     *
     * @return how many of their connections the server has closed meanwhile, which they have opened again
     */
    int turn(int number) throws IOException;

    @Override
    void close() throws IOException;
}
