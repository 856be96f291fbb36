package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/** What is done with the messages that a subscriber receives. The load's thread only. */
interface Inbox {
    /**
     * A message has come.
     *
     * @param payload from its position to its limit; valid during the call
     * @param now the time at which it was read
     */
    void onMessage(ByteBuffer payload, long now);
}
