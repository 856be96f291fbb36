package isthmus.gateway.spi;

import java.util.List;

/** The way down: what the log's feed calls, on the feed thread only. The gateway implements it. */
public interface Downlink {
    /** The position from which the feed is to start: everything before it is indexed; -1 when there never was a feed. */
    long resumeFrom();

    /**
     * Takes the next messages for devices in log order, with the position that follows everything looked at.
     *
     * @param messages may be empty, when only the position moved; the list is used again, so it is not to be kept
     */
    void deliver(List<LoggedMessage> messages, long next);

    /**
     * A client event that the gateway has published stands in the log. Comes in the order of the log, before the
     * {@link #deliver} whose {@code next} passes it, and again if the feed has to read that part of the log again.
     */
    void connectionEvent(ConnectionEvent event);

    /** Retention removed records before the feed read them. */
    void gap(long from, long to);
}
