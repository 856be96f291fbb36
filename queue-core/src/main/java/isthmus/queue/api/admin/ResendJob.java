package isthmus.queue.api.admin;

/**
 * How far a resend has come.
 *
 * @param total how many dead letters there were to resend at the beginning; for a period, those counted so far
 * @param problem why it ended early, or empty
 */
public record ResendJob(String jobId, String group, State state, long sent, long total, String problem) {
    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }
}
