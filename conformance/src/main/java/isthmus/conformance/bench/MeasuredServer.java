package isthmus.conformance.bench;

import isthmus.conformance.bench.load.SignOn;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalLong;

/** An MQTT server on this machine that load is put on. Closing ends the measurement, and the server if it was made for it. */
interface MeasuredServer extends AutoCloseable {
    InetSocketAddress mqtt();

    /** With what its devices sign on. */
    SignOn signOn();

    /** CPU time that all its processes have used, to 10 ms. */
    Duration cpu();

    /** Memory that all its processes hold, the files that they map included. */
    long residentBytes();

    /**
     * Bytes of the Java heap that are in use after a full garbage collection, which holds the server up for a moment;
     * nothing where that cannot be asked.
     */
    OptionalLong heapAfterCollection();

    @Override
    void close();
}
