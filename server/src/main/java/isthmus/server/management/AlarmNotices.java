package isthmus.server.management;

import isthmus.server.operations.AlarmOperations.Notice;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that an alarm is raised or over: a line in the log, and the webhook. Any thread; never blocks. */
public final class AlarmNotices implements Consumer<Notice> {
    static final String RAISED = "raised";
    static final String CLEARED = "cleared";

    private static final Logger LOG = LoggerFactory.getLogger(AlarmNotices.class);

    private final Webhook webhook;

    public AlarmNotices(Webhook webhook) {
        this.webhook = webhook;
    }

    @Override
    public void accept(Notice notice) {
        if (notice.state().equals(RAISED)) {
            LOG.warn("{}", notice.text());
        } else {
            LOG.info("{}", notice.text());
        }
        webhook.post(notice);
    }
}
