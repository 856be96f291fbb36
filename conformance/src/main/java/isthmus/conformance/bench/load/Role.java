package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/** What a connection is there for. Everything happens on the load's thread. */
interface Role {
    /** The server has accepted the connection. */
    void onSignedOn();

    /**
     * A packet other than CONNACK has come.
     *
     * @param firstByte of its fixed header
     * @param packet from its position to its limit is what follows the fixed header; valid during the call
     * @param now the time at which it was read
     */
    void onPacket(int firstByte, ByteBuffer packet, long now);

    /**
     * Writes what may be sent now, at most one batch.
     *
     * @return whether there is more
     */
    boolean send(long now);
}
