package isthmus.gateway.session;

import java.util.List;

/**
 * Messages for one Client that are read from the disk, page by page, so that a long backlog needs little memory.
 * {@link #read} blocks and is called on a reader thread, never twice at a time; everything else is on the owner thread.
 */
interface PageSource {
    /** At most so many messages are in a page, */
    int PAGE_MESSAGES = 64;

    /** and no further one when it holds so many bytes. */
    int PAGE_BYTES = 256 * 1024;

    /**
     * A page.
     *
     * @param upTo when catching up with the log: everything up to and including this position has been read
     * @param last whether the source has nothing more
     */
    record Page(List<Outgoing> messages, long upTo, boolean last) {}

    Page read();

    /** Frees what the source holds. Not called while {@link #read} runs. */
    default void close() {}
}
