package isthmus.queue.api.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Messages that a group failed to consume too often. A dead letter stays until retention removes it, also when resent. */
public interface DeadLetters {
    /** The most dead letters of a period that one resend or one export handles. */
    int MAX_BATCH = 100_000;
    /** The most that may be chosen one by one. */
    int MAX_CHOSEN = 200;

    /** Dead letters that became such within a period; see {@link Messages#byTime}. */
    MessagePage query(String group, long fromMillis, long toMillis, long cursor, int limit);

    /** @param id the unique id that the message had from the beginning, or the dead letter's offset id */
    Optional<StoredMessage> byId(String group, String id);

    /**
     * Writes the dead letters of a period as CSV (RFC 4180, with a header): topic, msgId, bornHost, bornTimestamp,
     * storeTimestamp, reconsumeTimes, properties (JSON), body (base64), bodyCRC.
     *
     * @return how many were written; {@link #MAX_BATCH} at most
     */
    long export(String group, long fromMillis, long toMillis, Appendable csv) throws IOException;

    /** Writes chosen dead letters as CSV. Refused as a whole, before anything is written, when one is unknown. */
    long export(String group, List<String> ids, Appendable csv) throws IOException;

    /** Gives one dead letter to its group again, and only to that group, with all its retries. */
    void resend(String group, String id);

    /** Begins to resend the dead letters of a period. One job per group at a time. */
    ResendJob resendAll(String group, long fromMillis, long toMillis);

    /** Begins to resend chosen dead letters. Refused as a whole when one is unknown. */
    ResendJob resendAll(String group, List<String> ids);

    /** A job as it stands now; jobs are forgotten when twenty newer ones were begun, or at a restart. */
    Optional<ResendJob> job(String jobId);

    /** Stops a job after the message it is at. */
    void cancel(String jobId);
}
