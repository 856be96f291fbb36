package isthmus.server.management;

import isthmus.server.operations.AlarmOperations.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells alarms by a line in the log, and by the webhook. Any thread; never blocks. */
public final class LogAndWebhook implements AlarmNotices {
    private static final Logger LOG = LoggerFactory.getLogger(LogAndWebhook.class);

    private final Webhook webhook;

    public LogAndWebhook(Webhook webhook) {
        this.webhook = webhook;
    }

    @Override
    public void log(Notice notice) {
        if (notice.state().equals(RaisedAlarms.RAISED)) {
            LOG.warn("{}", notice.text());
        } else {
            LOG.info("{}", notice.text());
        }
    }

    @Override
    public void post(Notice notice) {
        webhook.post(notice);
    }
}
